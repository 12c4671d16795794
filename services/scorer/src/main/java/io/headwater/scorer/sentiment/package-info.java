/** Scores token sequences for sentiment, without Kafka. */
@NullMarked
package io.headwater.scorer.sentiment;

import org.jspecify.annotations.NullMarked;
