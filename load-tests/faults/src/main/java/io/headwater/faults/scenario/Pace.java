package io.headwater.faults.scenario;

import java.time.Duration;
import java.util.Map;

/**
 * How long things take: a quick run for every change, a full one for a release.
 *
 * @param quick whether it is the quick one
 * @param messages fewest messages of a scenario
 * @param rate messages a second
 */
public record Pace(boolean quick, long messages, double rate) {
  static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);

  /** One of two numbers. */
  public int rounds(int quickly, int fully) {
    return quick ? quickly : fully;
  }

  /** One of two lengths, in seconds. */
  public double seconds(double quickly, double fully) {
    return quick ? quickly : fully;
  }

  /** After this, Kafka takes a silent member for dead: its own lower limit, or a usual value. */
  public Duration session() {
    return Duration.ofSeconds(quick ? 6 : 10);
  }

  /**
   * Settings of services that make a quick run quick: a dead Kafka Streams' transaction ends after
   * ten seconds, also that of an aggregator without its state. The full run has the defaults.
   */
  public Map<String, String> settings() {
    return quick ? Map.of("streams.producer.transaction.timeout.ms", "10000") : Map.of();
  }
}
