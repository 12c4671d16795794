/** The aggregator's flow, as a function from options to a topology. */
@NullMarked
package io.headwater.aggregator.topology;

import org.jspecify.annotations.NullMarked;
