/** What the aggregator counts about itself. */
@NullMarked
package io.headwater.aggregator.metrics;

import org.jspecify.annotations.NullMarked;
