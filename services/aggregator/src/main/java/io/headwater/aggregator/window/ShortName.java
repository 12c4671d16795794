package io.headwater.aggregator.window;

/** The start of a name from outside, short enough to be kept a thousand times. */
final class ShortName {
  private static final int LONGEST = 200;

  private ShortName() {}

  /** The name, or as much of it as is kept. */
  static String of(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    // Never between the two halves of a surrogate pair.
    return name.substring(
        0, Character.isHighSurrogate(name.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
  }
}
