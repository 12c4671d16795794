package io.headwater.aggregator.window;

import java.time.Duration;

/**
 * How long windows of one size live.
 *
 * @param grace how far behind the newest event time a message may come after its window's end and
 *     still be counted
 * @param retention how long a window can be asked for, in event time
 */
public record WindowRule(Duration grace, Duration retention) {
  public WindowRule {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("Grace is not negative");
    }
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException("Retention is more than nothing");
    }
  }

  /** Whether windows of that size outlive their grace: without that, late messages are lost. */
  public boolean fits(WindowSize size) {
    return retention.compareTo(size.length().plus(grace)) >= 0;
  }
}
