/** Windows of event time and what is counted in them. No Kafka in here. */
@NullMarked
package io.headwater.aggregator.window;

import org.jspecify.annotations.NullMarked;
