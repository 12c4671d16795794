/** A vocabulary of word pieces, learned from texts by byte-pair encoding. */
@NullMarked
package io.headwater.trainer.translation.vocabulary;

import org.jspecify.annotations.NullMarked;
