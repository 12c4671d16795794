/** Translates token sequences, without Kafka. */
@NullMarked
package io.headwater.scorer.translation;

import org.jspecify.annotations.NullMarked;
