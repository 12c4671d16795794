/** What the tasks of the scorer have in common, without Kafka. */
@NullMarked
package io.headwater.scorer.task;

import org.jspecify.annotations.NullMarked;
