/** Sentences and their translations, as texts and as token ids, in batches. */
@NullMarked
package io.headwater.trainer.translation.text;

import org.jspecify.annotations.NullMarked;
