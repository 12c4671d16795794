/** The loop that trains a network, its checkpoints, and what it tells of its progress. */
@NullMarked
package io.headwater.trainer.learning;

import org.jspecify.annotations.NullMarked;
