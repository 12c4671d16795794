package io.headwater.cli.ingest.output;

/**
 * Makes text from outside harmless for a terminal: it cannot move the cursor, change colours, turn
 * the direction of what follows, or end the line.
 */
public final class TerminalText {
  private static final char REPLACEMENT = '\uFFFD';
  private static final int CONTROL_PICTURES = 0x2400;
  private static final int DELETE_PICTURE = 0x2421;

  private TerminalText() {}

  /** One line: white space becomes a space, other control characters a picture of themselves. */
  public static String harmless(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(TerminalText::shown).forEach(line::appendCodePoint);
    return line.toString();
  }

  /** As {@link #harmless}, cut with an ellipsis to {@code width} code points. */
  public static String harmless(String text, int width) {
    // Far more than fits, also when each code point is a pair: a long text is not copied whole.
    String line = harmless(text.substring(0, Math.min(text.length(), 4 * width)));
    if (line.codePointCount(0, line.length()) <= width) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
  }

  /** Escapes in JSON what JSON lets stand and a terminal obeys. */
  static String harmlessJson(String json) {
    StringBuilder line = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            c -> {
              if (c < 0x7F || shown(c) == c) {
                line.appendCodePoint(c);
              } else {
                line.append("\\u%04x".formatted(c));
              }
            });
    return line.toString();
  }

  private static int shown(int c) {
    if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029 || c == 0x85) {
      return ' ';
    }
    if (c < 0x20) {
      return CONTROL_PICTURES + c;
    }
    if (c == 0x7F) {
      return DELETE_PICTURE;
    }
    boolean isSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return Character.isISOControl(c) || isSurrogate || turnsDirection(c) ? REPLACEMENT : c;
  }

  /** Marks, embeddings, overrides and isolates; letters of right-to-left scripts are not. */
  private static boolean turnsDirection(int c) {
    return c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
