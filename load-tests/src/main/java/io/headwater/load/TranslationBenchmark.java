package io.headwater.load;

import ai.onnxruntime.OrtException;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.translation.DecodingRequest;
import io.headwater.models.translation.Hypothesis;
import io.headwater.models.translation.TranslationEngine;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Target tokens a second on one thread: the engine, and beside it the same graphs decoded with and
 * without what makes the engine fast.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH sets the fields before it calls a benchmark
public class TranslationBenchmark {
  /** Names the folder of the package to measure. */
  static final String FOLDER = "headwater.translation";

  @Param({"1", "4"})
  public int beams;

  private List<int[]> sources;
  private int[] lengths;
  private TranslationSessions sessions;
  private TranslationEngine engine;

  /** Loads the package. */
  @Setup
  public void prepare() throws OrtException {
    String folder = Objects.requireNonNull(System.getProperty(FOLDER), FOLDER);
    ModelPackage model = ModelPackage.open(Path.of(folder));
    sources = TranslationSample.sources(model);
    sessions = TranslationSessions.open(model);
    engine = TranslationEngine.open(model, new EngineOptions(ExecutionProvider.CPU, 1));
    List<Hypothesis> greedy = engine.translate(sources, request(1), () -> {});
    boolean trained = greedy.stream().anyMatch(hypothesis -> !hypothesis.hitLengthLimit());
    lengths =
        IntStream.range(0, sources.size())
            .map(i -> trained ? length(greedy.get(i)) : sources.get(i).length)
            .toArray();
  }

  /** Frees native memory. */
  @TearDown
  public void close() throws OrtException {
    engine.close();
    sessions.close();
  }

  @Benchmark
  public List<Hypothesis> engine(TokenCount count) {
    long before = cpuNanos();
    List<Hypothesis> found = engine.translate(sources, request(beams), () -> {});
    count.cpuMicros += (cpuNanos() - before) / 1_000;
    count.targetTokens += found.stream().mapToInt(TranslationBenchmark::length).sum();
    return found;
  }

  @Benchmark
  public long cachedShrinking(TokenCount count) throws OrtException {
    return decode(new DecodingPlan(beams, true, true), count);
  }

  @Benchmark
  public long cachedWhole(TokenCount count) throws OrtException {
    return decode(new DecodingPlan(beams, true, false), count);
  }

  @Benchmark
  public long recomputedShrinking(TokenCount count) throws OrtException {
    return decode(new DecodingPlan(beams, false, true), count);
  }

  @Benchmark
  public long recomputedWhole(TokenCount count) throws OrtException {
    return decode(new DecodingPlan(beams, false, false), count);
  }

  private long decode(DecodingPlan plan, TokenCount count) throws OrtException {
    long before = cpuNanos();
    long written = new MeasuredDecoding(sessions, plan, lengths).run(sources);
    count.cpuMicros += (cpuNanos() - before) / 1_000;
    count.targetTokens += written;
    return written;
  }

  private static DecodingRequest request(int beams) {
    return new DecodingRequest("en", beams, 4_096, false);
  }

  /** Tokens that were written, the end included. */
  static int length(Hypothesis hypothesis) {
    return hypothesis.tokenIds().length + (hypothesis.hitLengthLimit() ? 0 : 1);
  }

  static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
