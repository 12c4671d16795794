/** Which point of a space is tried next: by a grid, at random, or by what was seen. */
@NullMarked
package io.headwater.trainer.tuning.sampler;

import org.jspecify.annotations.NullMarked;
