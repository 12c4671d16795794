package io.headwater.cli.replay;

import io.headwater.cli.ingest.PointInTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * An end of a replay, as a person names it.
 *
 * @param text the one way in which it is written down
 * @param time empty for the ends of the topic
 */
record TimePoint(String text, Optional<Instant> time) {
  /** The first message that there is. */
  static final TimePoint EARLIEST = new TimePoint("earliest", Optional.empty());

  /** Behind the last message that there is. */
  static final TimePoint LATEST = new TimePoint("latest", Optional.empty());

  /**
   * Reads an option's value.
   *
   * @throws IllegalArgumentException with what it may be
   */
  static TimePoint parse(String value) {
    String given = value.strip();
    try {
      return switch (given) {
        case "earliest", "beginning" -> EARLIEST;
        case "latest", "now", "end" -> LATEST;
        default -> at(given);
      };
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new IllegalArgumentException(
          ("'%s' is none of: earliest, latest, now, a time as 2026-01-31T12:00Z, a day as 2026-01-31"
                  + " (of UTC), milliseconds since 1970")
              .formatted(value),
          e);
    }
  }

  private static TimePoint at(String given) {
    boolean isDay = given.matches("\\d{4}-\\d{2}-\\d{2}");
    Instant time =
        isDay
            ? LocalDate.parse(given).atStartOfDay(ZoneOffset.UTC).toInstant()
            : PointInTime.parse(given);
    return new TimePoint(time.toString(), Optional.of(time));
  }
}
