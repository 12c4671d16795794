package io.headwater.load.river.bound;

import java.util.List;

/**
 * What the model alone did.
 *
 * @param tokens that the messages have
 * @param computed tokens that were run, padding included
 * @param seconds of wall time
 * @param cpuSeconds of the whole process
 * @param modelBytes resident memory that the model and its runs added to a JVM without it
 * @param singleNanos time of each message that was scored alone, by number
 */
public record BoundResult(
    long messages,
    long tokens,
    long computed,
    double seconds,
    double cpuSeconds,
    long modelBytes,
    List<Long> singleNanos) {
  public BoundResult {
    singleNanos = List.copyOf(singleNanos);
  }

  public double tokensPerSecond() {
    return tokens / seconds;
  }

  public double messagesPerSecond() {
    return messages / seconds;
  }

  public double cpuSecondsPerToken() {
    return cpuSeconds / tokens;
  }

  public double cpuSecondsPerThousand() {
    return 1000 * cpuSeconds / messages;
  }

  public double padding() {
    return 1 - (double) tokens / computed;
  }
}
