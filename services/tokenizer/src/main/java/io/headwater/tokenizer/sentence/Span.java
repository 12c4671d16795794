package io.headwater.tokenizer.sentence;

/**
 * A stretch of a text, in UTF-16 code units.
 *
 * @param start where it begins
 * @param end where it ends, exclusive; after its start
 */
public record Span(int start, int end) {
  public Span {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("No stretch of a text: %d to %d".formatted(start, end));
    }
  }

  int length() {
    return end - start;
  }
}
