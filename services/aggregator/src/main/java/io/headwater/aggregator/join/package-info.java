/** What it takes for a message and its results to become an insight. No Kafka in here. */
@NullMarked
package io.headwater.aggregator.join;

import org.jspecify.annotations.NullMarked;
