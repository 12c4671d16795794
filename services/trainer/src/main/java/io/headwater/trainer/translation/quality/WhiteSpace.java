package io.headwater.trainer.translation.quality;

import java.util.ArrayList;
import java.util.List;

/** White space as Python has it, and so sacreBLEU: Unicode's, with the blanks that do not break. */
final class WhiteSpace {

  private static final char NEXT_LINE = '\u0085';

  private WhiteSpace() {}

  static boolean is(char character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == NEXT_LINE;
  }

  /** What stands between white space, in its order. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || is(text.charAt(i))) {
        if (i > start) {
          parts.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return parts;
  }

  static String withoutTrailing(String text) {
    int end = text.length();
    while (end > 0 && is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }
}
