package io.headwater.load.river.pipeline;

import java.util.Map;

/**
 * What the river did at saturation.
 *
 * @param steady rate and cost, in the window
 * @param tokens of the messages of the window
 * @param counters of the scorer, over about the same time
 * @param totalCpu processor seconds of all parts over the time of the counters
 * @param residentBytes of each part, at the end
 * @param allocated bytes on the heap of each service, a message
 * @param othersShare of the machine's cores, used by others meanwhile
 * @param labels of all messages, by number, those of the warm-up too
 * @param repeated results that came twice; must be none
 */
public record PipelineResult(
    Steady steady,
    long tokens,
    ScorerCounters counters,
    double totalCpu,
    Map<String, Long> residentBytes,
    Map<String, Double> allocated,
    double othersShare,
    Map<Long, String> labels,
    long repeated) {
  public PipelineResult {
    residentBytes = Map.copyOf(residentBytes);
    allocated = Map.copyOf(allocated);
    labels = Map.copyOf(labels);
  }

  PipelineResult with(Map<Long, String> allLabels, long allRepeated) {
    return new PipelineResult(
        steady,
        tokens,
        counters,
        totalCpu,
        residentBytes,
        allocated,
        othersShare,
        allLabels,
        allRepeated);
  }

  public double tokensPerSecond() {
    return tokens / steady.seconds();
  }

  /**
   * Share of the processor time that did not go into the model, by difference.
   *
   * @param boundPerToken processor seconds that the model alone takes for a token
   */
  public double outsideShare(double boundPerToken) {
    return 1 - boundPerToken * tokens / steady.cpuSeconds();
  }

  /** The least that share can be, by threads. */
  public double leastOutsideShare() {
    return 1 - counters.mostRuntimeCpu() / totalCpu;
  }
}
