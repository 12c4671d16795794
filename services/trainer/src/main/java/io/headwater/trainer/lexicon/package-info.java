/** Training pairs that are made with a dictionary, for words that the training texts lack. */
@NullMarked
package io.headwater.trainer.lexicon;

import org.jspecify.annotations.NullMarked;
