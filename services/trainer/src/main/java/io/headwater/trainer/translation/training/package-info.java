/** The loop that trains, its checkpoints, and what it says of its progress. */
@NullMarked
package io.headwater.trainer.translation.training;

import org.jspecify.annotations.NullMarked;
