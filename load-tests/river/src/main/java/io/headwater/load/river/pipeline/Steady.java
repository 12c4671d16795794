package io.headwater.load.river.pipeline;

import java.util.List;
import java.util.Map;

/**
 * A stretch of steady work.
 *
 * @param results that came in it
 * @param cost processor seconds used in it, by part
 */
public record Steady(double seconds, List<Seen> results, Map<String, Double> cost) {
  public Steady {
    results = List.copyOf(results);
    cost = Map.copyOf(cost);
  }

  public double messagesPerSecond() {
    return results.size() / seconds;
  }

  /** Processor seconds of all parts. */
  public double cpuSeconds() {
    return cost.values().stream().mapToDouble(each -> each).sum();
  }

  public double cpuSecondsPerThousand() {
    return 1000 * cpuSeconds() / results.size();
  }
}
