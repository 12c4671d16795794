/** Cuts texts into sentences, and sentences into pieces that fit a model. */
@NullMarked
package io.headwater.tokenizer.sentence;

import org.jspecify.annotations.NullMarked;
