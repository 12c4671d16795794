package io.headwater.load.river.pipeline;

import java.util.Map;

/**
 * A part of a long run.
 *
 * @param seconds since the first result, at its end
 * @param steady rate and cost in it
 * @param tokens of its messages
 * @param residentBytes of each part, at its end
 */
public record Stretch(double seconds, Steady steady, long tokens, Map<String, Long> residentBytes) {
  public Stretch {
    residentBytes = Map.copyOf(residentBytes);
  }

  public double tokensPerSecond() {
    return tokens / steady.seconds();
  }

  /** Processor seconds of a part of the river for 1,000 messages. */
  public double cpuSecondsPerThousand(String part) {
    return 1000 * steady.cost().getOrDefault(part, 0.0) / steady.results().size();
  }
}
