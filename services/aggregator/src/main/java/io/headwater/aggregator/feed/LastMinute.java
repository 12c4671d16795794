package io.headwater.aggregator.feed;

import java.util.Map;
import java.util.TreeMap;

/**
 * The insights that came in the last 60 seconds.
 *
 * @param insights how many
 * @param perSecond mean over the last five whole seconds
 * @param meanPolarity -1 to 1; 0 where none was scored
 * @param labels how many of each label
 */
public record LastMinute(
    long insights, double perSecond, double meanPolarity, Map<String, Long> labels) {
  public LastMinute {
    labels = new TreeMap<>(labels);
  }
}
