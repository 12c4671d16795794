package io.headwater.models.text;

/**
 * Turns offsets counted in code points into offsets counted in UTF-16 code units, which is what
 * Java strings are indexed by. The two differ after every emoji.
 */
final class CodePointOffsets {

  /**
   * Unit offset by code point offset; null if the text has no surrogate pair and both are equal.
   */
  private final int @org.jspecify.annotations.Nullable [] units;

  CodePointOffsets(String text) {
    int points = text.codePointCount(0, text.length());
    this.units = points == text.length() ? null : new int[points + 1];
    if (units != null) {
      int unit = 0;
      for (int point = 0; point < points; point++) {
        units[point] = unit;
        unit += Character.charCount(text.codePointAt(unit));
      }
      units[points] = unit;
    }
  }

  int toUnits(int codePoints) {
    return units == null ? codePoints : units[codePoints];
  }
}
