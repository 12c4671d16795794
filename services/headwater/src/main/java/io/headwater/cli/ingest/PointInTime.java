package io.headwater.cli.ingest;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** A point in time as options take it. */
public final class PointInTime {
  private PointInTime() {}

  /**
   * Reads a time in ISO 8601 with its offset, or milliseconds since 1970.
   *
   * @throws DateTimeParseException when it is neither
   */
  public static Instant parse(String value) {
    return value.matches("\\d{9,15}")
        ? Instant.ofEpochMilli(Long.parseLong(value))
        : OffsetDateTime.parse(value).toInstant();
  }
}
