package io.headwater.runtime.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long messages have been on their way when a service is done with them: from the time their
 * producer sent them, and from the time the broker appended the record just read.
 */
public final class Latency {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** A sender's clock can name any year, and the nanoseconds since then need not fit a long. */
  private static final Duration OLDEST = Duration.ofDays(1);

  private final Clock clock;
  private final Timer sinceSent;
  private final Timer sinceAppend;

  public Latency(MeterRegistry meters, Clock clock) {
    this(meters, clock, Tags.empty());
  }

  /** The latency of a part of a service, told apart from the others by its tags. */
  public Latency(MeterRegistry meters, Clock clock, Tags tags) {
    this.clock = clock;
    this.sinceSent =
        timer(meters, tags, "headwater.latency.since.sent", "Since the producer sent it");
    this.sinceAppend =
        timer(meters, tags, "headwater.latency.since.append", "Since the record's timestamp");
  }

  /**
   * Counts one message by the time its producer names. A clock ahead of ours counts as zero; more
   * than a day counts as a day.
   */
  public void sent(Instant sentAt) {
    sinceSent.record(age(sentAt));
  }

  /** Counts one record by its own timestamp, in milliseconds since the epoch. */
  public void appended(long timestamp) {
    sinceAppend.record(age(Instant.ofEpochMilli(timestamp)));
  }

  private Duration age(Instant then) {
    Duration age = Duration.between(then, clock.instant());
    if (age.isNegative()) {
      return Duration.ZERO;
    }
    return age.compareTo(OLDEST) > 0 ? OLDEST : age;
  }

  private static Timer timer(MeterRegistry meters, Tags tags, String name, String description) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .publishPercentiles(0.5, 0.95, 0.99)
        .publishPercentileHistogram()
        .maximumExpectedValue(LONGEST)
        .register(meters);
  }
}
