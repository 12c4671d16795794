package io.headwater.gateway.ingest;

/** What strings are on the wire: Unicode scalar values in UTF-8. */
final class Strings {
  private static final char REPLACEMENT = '\uFFFD';

  private Strings() {}

  /** With U+FFFD for every unpaired surrogate, as a web browser's USVString has it. */
  static String scalar(String text) {
    int first = firstUnpaired(text, 0);
    if (first < 0) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text);
    for (int i = first; i >= 0; i = firstUnpaired(text, i + 1)) {
      repaired.setCharAt(i, REPLACEMENT);
    }
    return repaired.toString();
  }

  private static int firstUnpaired(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return i;
      }
    }
    return -1;
  }

  /** Length in bytes of UTF-8 of a string without unpaired surrogates. */
  static long utf8Length(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        // A surrogate is half of a pair of four bytes.
        bytes += 2;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }

  /** Short enough to be quoted in an answer. */
  static String quoted(String name) {
    String scalar = scalar(name);
    return scalar.codePointCount(0, scalar.length()) <= 64
        ? scalar
        : scalar.substring(0, scalar.offsetByCodePoints(0, 64)) + "…";
  }
}
