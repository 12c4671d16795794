package io.headwater.scorer.translation;

import java.util.Locale;
import java.util.Set;

/** What counts as white space in any language, and which languages write it between words. */
final class WhiteSpace {
  /** Languages, BCP 47, that write no space between words and sentences. */
  private static final Set<String> WITHOUT =
      Set.of("zh", "yue", "ja", "th", "lo", "km", "my", "bo", "dz");

  private WhiteSpace() {}

  /** Whether it is white space: Unicode's, the no-break and the ideographic space, line breaks. */
  static boolean is(char unit) {
    return Character.isWhitespace(unit) || Character.isSpaceChar(unit);
  }

  /** The text without white space around it. */
  static String stripped(String text) {
    int end = lastEnd(text, 0, text.length());
    return text.substring(firstStart(text, 0, end), end);
  }

  /** Where the first character from {@code from} on is that is no white space, or {@code to}. */
  static int firstStart(String text, int from, int to) {
    int start = from;
    while (start < to && is(text.charAt(start))) {
      start++;
    }
    return start;
  }

  /** Where the last character before {@code to} ends that is no white space, or {@code from}. */
  static int lastEnd(String text, int from, int to) {
    int end = to;
    while (end > from && is(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** The white space of a piece of text, and nothing else of it. */
  static String of(String text, int from, int to) {
    StringBuilder kept = new StringBuilder();
    for (int i = from; i < to; i++) {
      if (is(text.charAt(i))) {
        kept.append(text.charAt(i));
      }
    }
    return kept.toString();
  }

  /** Whether a language writes spaces between its words. */
  static boolean isWrittenIn(String language) {
    return !WITHOUT.contains(primary(language));
  }

  /** The language of a tag, without script and region: {@code zh} of {@code zh-Hant}. */
  static String primary(String language) {
    int end = language.indexOf('-');
    return (end < 0 ? language : language.substring(0, end)).toLowerCase(Locale.ROOT);
  }
}
