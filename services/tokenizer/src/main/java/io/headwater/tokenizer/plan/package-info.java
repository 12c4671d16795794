/** From a message to its token sequences, without Kafka: the pure middle of the service. */
@NullMarked
package io.headwater.tokenizer.plan;

import org.jspecify.annotations.NullMarked;
