package io.headwater.load.river.pipeline;

import io.headwater.faults.fleet.ServiceProcess;
import java.time.Duration;
import java.util.Map;

/**
 * What a scorer counts of itself, and what the kernel counts of its threads, at one moment or
 * between two.
 *
 * @param tokens given to the model
 * @param computed with padding
 * @param inferenceSeconds wall time in calls of the model
 * @param runtimeCpu processor seconds of ONNX Runtime's own threads
 * @param loopCpu processor seconds of the thread that calls the model, and does all else too
 * @param allocated bytes on its heap
 */
public record ScorerCounters(
    double tokens,
    double computed,
    double inferenceSeconds,
    double runtimeCpu,
    double loopCpu,
    double allocated) {
  /** Names as the kernel knows them: 15 letters. Native threads inherit that of their maker. */
  private static final String RUNTIME_THREADS = "onnx-session-op";

  private static final String LOOP_THREADS = "headwater-score";

  /** As they are now. */
  public static ScorerCounters of(ServiceProcess scorer) {
    String metrics = scorer.metrics();
    Map<String, Duration> threads = scorer.threadCpu();
    return new ScorerCounters(
        ServiceProcess.sum(metrics, "headwater_tokens_total"),
        ServiceProcess.sum(metrics, "headwater_tokens_computed_total"),
        ServiceProcess.sum(metrics, "headwater_inference_seconds_sum"),
        seconds(threads, RUNTIME_THREADS),
        seconds(threads, LOOP_THREADS),
        ServiceProcess.sum(metrics, "jvm_gc_memory_allocated_bytes_total"));
  }

  /** What came since. */
  public ScorerCounters since(ScorerCounters earlier) {
    return new ScorerCounters(
        tokens - earlier.tokens,
        computed - earlier.computed,
        inferenceSeconds - earlier.inferenceSeconds,
        runtimeCpu - earlier.runtimeCpu,
        loopCpu - earlier.loopCpu,
        allocated - earlier.allocated);
  }

  public double padding() {
    return computed == 0 ? 0 : 1 - tokens / computed;
  }

  /** The most that ONNX Runtime can have used: its threads, and its caller while in a call. */
  public double mostRuntimeCpu() {
    return runtimeCpu + Math.min(loopCpu, inferenceSeconds);
  }

  private static double seconds(Map<String, Duration> threads, String name) {
    return threads.getOrDefault(name, Duration.ZERO).toNanos() / 1e9;
  }
}
