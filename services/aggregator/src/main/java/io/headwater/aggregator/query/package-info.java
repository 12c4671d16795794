/** Questions about windows, answered for all instances. */
@NullMarked
package io.headwater.aggregator.query;

import org.jspecify.annotations.NullMarked;
