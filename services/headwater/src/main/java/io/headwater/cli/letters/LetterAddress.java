package io.headwater.cli.letters;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a dead letter stands in its topic, written {@code PARTITION@OFFSET}. */
record LetterAddress(int partition, long offset) implements Comparable<LetterAddress> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})@(\\d{1,18})");
  private static final Comparator<LetterAddress> ORDER =
      Comparator.comparingInt(LetterAddress::partition).thenComparingLong(LetterAddress::offset);

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with the form it has
   */
  static LetterAddress parse(String written) {
    Matcher form = FORM.matcher(written);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not the address of a letter, which is PARTITION@OFFSET as in 3@1042"
              .formatted(written));
    }
    return new LetterAddress(Integer.parseInt(form.group(1)), Long.parseLong(form.group(2)));
  }

  /** The key of the letter's mark. */
  byte[] key() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(LetterAddress other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return partition + "@" + offset;
  }
}
