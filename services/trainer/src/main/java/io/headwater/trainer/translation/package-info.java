/** Trains Headwater's translation models, in Java. */
@NullMarked
package io.headwater.trainer.translation;

import org.jspecify.annotations.NullMarked;
