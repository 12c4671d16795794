package io.headwater.faults.scenario;

import java.time.Duration;

/**
 * How long things take: a quick run for every change, a full one for a release.
 *
 * @param quick whether it is the quick one
 * @param messages fewest messages of a scenario
 * @param rate messages a second
 */
public record Pace(boolean quick, long messages, double rate) {
  static final Duration RECOVERY_LIMIT = Duration.ofSeconds(120);

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
}
