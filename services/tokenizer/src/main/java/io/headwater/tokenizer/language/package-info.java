/** Tells the language of a text. */
@NullMarked
package io.headwater.tokenizer.language;

import org.jspecify.annotations.NullMarked;
