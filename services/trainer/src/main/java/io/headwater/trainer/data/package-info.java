/** Labelled texts, and the encoder's features for them. */
@NullMarked
package io.headwater.trainer.data;

import org.jspecify.annotations.NullMarked;
