package io.headwater.load.river.bound;

import java.util.List;

/**
 * What the model alone did.
 *
 * @param segments that were scored; a message has one, unless it is long
 * @param tokens that the messages have
 * @param computed tokens that were run, padding included
 * @param seconds of wall time
 * @param cpuSeconds of the whole process
 * @param othersShare of the machine's cores, used by others meanwhile
 * @param modelBytes resident memory that the model and its runs added to a JVM without it
 * @param singleNanos time of each message that was scored alone, by number
 */
public record BoundResult(
    long segments,
    long tokens,
    long computed,
    double seconds,
    double cpuSeconds,
    double othersShare,
    long modelBytes,
    List<Long> singleNanos) {
  public BoundResult {
    singleNanos = List.copyOf(singleNanos);
  }

  public double tokensPerSecond() {
    return tokens / seconds;
  }

  public double messagesPerSecond() {
    return segments / seconds;
  }

  public double cpuSecondsPerToken() {
    return cpuSeconds / tokens;
  }

  public double cpuSecondsPerThousand() {
    return 1000 * cpuSeconds / segments;
  }

  public double padding() {
    return 1 - (double) tokens / computed;
  }
}
