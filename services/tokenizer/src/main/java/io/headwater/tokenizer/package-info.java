/** The tokenizer service: reads messages, writes token sequences. */
@NullMarked
package io.headwater.tokenizer;

import org.jspecify.annotations.NullMarked;
