package io.headwater.aggregator.query;

import java.time.Duration;

/**
 * Bounds of one question.
 *
 * @param timeout how long other instances may take
 * @param windows most windows in an answer
 */
public record QueryLimits(Duration timeout, int windows) {
  public QueryLimits {
    if (timeout.isNegative() || timeout.isZero() || windows < 1) {
      throw new IllegalArgumentException("A question needs some time and room for an answer");
    }
  }
}
