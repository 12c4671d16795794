package io.headwater.cli.ingest;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where {@code headwater tail} begins. */
sealed interface TailStart {
  /** With the first record there is. */
  record Beginning() implements TailStart {}

  /** With the next record that comes. */
  record End() implements TailStart {}

  /** With the last records of the topic. */
  record Back(int records) implements TailStart {}

  /** With the first record of each partition that is not older. */
  record Since(Instant time) implements TailStart {}

  /** With one record of one partition; the other partitions are left out. */
  record At(int partition, long offset) implements TailStart {}

  /** How far back records are counted: they are held in memory. */
  int MOST_BACK = 100_000;

  /** The pattern of {@code 20-back}; {@code -20} is the same. */
  Pattern BACK = Pattern.compile("(?:-(\\d{1,6})|(\\d{1,6})-back)");

  /** The pattern of {@code 3@1042}, as dead letters are named too. */
  Pattern AT = Pattern.compile("(\\d{1,9})@(\\d{1,18})");

  /**
   * Reads an option's value.
   *
   * @throws IllegalArgumentException with what it may be
   */
  static TailStart parse(String value) {
    if (value.equals("beginning")) {
      return new Beginning();
    }
    if (value.equals("end")) {
      return new End();
    }
    Matcher back = BACK.matcher(value);
    if (back.matches()) {
      String digits = back.group(1) == null ? back.group(2) : back.group(1);
      int records = Integer.parseInt(digits);
      if (records >= 1 && records <= MOST_BACK) {
        return new Back(records);
      }
    }
    Matcher at = AT.matcher(value);
    if (at.matches()) {
      return new At(Integer.parseInt(at.group(1)), Long.parseLong(at.group(2)));
    }
    try {
      return new Since(PointInTime.parse(value));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          ("'%s' is none of: beginning, end, N-back (1 to %d), PARTITION@OFFSET, a time as"
                  + " 2026-01-31T12:00:00Z or in milliseconds since 1970")
              .formatted(value, MOST_BACK),
          e);
    }
  }
}
