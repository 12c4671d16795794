/** Makes text ready for a tokenizer, and keeps the way back to the text as it was written. */
@NullMarked
package io.headwater.tokenizer.text;

import org.jspecify.annotations.NullMarked;
