package io.headwater.tokenizer.sentence;

import java.util.Optional;

/** What stands between words. */
final class WhiteSpace {
  private WhiteSpace() {}

  /** Whether a UTF-16 unit is a space, of any width and also one that does not break. */
  static boolean is(char unit) {
    return Character.isWhitespace(unit) || Character.isSpaceChar(unit);
  }

  /** A stretch without the white space at its ends; empty where there is nothing else. */
  static Optional<Span> stripped(String text, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && is(text.charAt(from))) {
      from++;
    }
    while (to > from && is(text.charAt(to - 1))) {
      to--;
    }
    return from < to ? Optional.of(new Span(from, to)) : Optional.empty();
  }
}
