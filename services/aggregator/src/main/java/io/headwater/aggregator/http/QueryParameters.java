package io.headwater.aggregator.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the parameters of one request, strictly. */
final class QueryParameters {
  private static final long LATEST = 253_402_300_799_999L; // the end of the year 9999

  private final Context http;

  private QueryParameters(Context http) {
    this.http = http;
  }

  /**
   * The parameters of a request.
   *
   * @param known the names that it may have
   * @throws BadQueryException when it has another
   */
  static QueryParameters of(Context http, Set<String> known) {
    for (String name : http.queryParamMap().keySet()) {
      if (!known.contains(name)) {
        throw new BadQueryException(
            "There is no parameter \"%s\"; there are %s"
                .formatted(name, String.join(", ", new TreeSet<>(known))));
      }
    }
    return new QueryParameters(http);
  }

  /** A text; empty when it is absent or blank. */
  Optional<String> text(String name) {
    return Optional.ofNullable(http.queryParam(name)).filter(value -> !value.isBlank());
  }

  /** A whole number between two bounds, inclusive. */
  int number(String name, int otherwise, int least, int most) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new BadQueryException(
        "%s=%s: give a whole number from %d to %d".formatted(name, value.get(), least, most));
  }

  /** A time in milliseconds since the epoch, given so or in ISO 8601. */
  Optional<Long> time(String name) {
    return text(name)
        .map(
            value -> {
              long time = millis(name, value);
              if (time < 0 || time > LATEST) {
                throw badTime(name, value);
              }
              return time;
            });
  }

  boolean flag(String name) {
    String value = text(name).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw new BadQueryException("%s=%s: give true or false".formatted(name, value));
    }
    return value.equals("true");
  }

  private static long millis(String name, String value) {
    try {
      return value.chars().allMatch(Character::isDigit)
          ? Long.parseLong(value)
          : Instant.parse(value).toEpochMilli();
    } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
      throw badTime(name, value);
    }
  }

  private static BadQueryException badTime(String name, String value) {
    return new BadQueryException(
        "%s=%s: give milliseconds since 1970 or a time like 2026-01-31T12:00:00Z"
            .formatted(name, value));
  }
}
