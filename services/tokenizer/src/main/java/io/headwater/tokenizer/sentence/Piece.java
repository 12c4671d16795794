package io.headwater.tokenizer.sentence;

import static java.util.Objects.requireNonNull;

import io.headwater.models.text.TokenizedText;

/**
 * A stretch of a text that fits a model.
 *
 * @param span where it lies
 * @param tokens its tokens, at least one, with offsets into the whole text
 */
public record Piece(Span span, TokenizedText tokens) {
  public Piece {
    requireNonNull(span, "span");
    requireNonNull(tokens, "tokens");
  }
}
