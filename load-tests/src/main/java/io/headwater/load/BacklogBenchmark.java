package io.headwater.load;

import ai.onnxruntime.OrtException;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.translation.DecodingRequest;
import io.headwater.models.translation.Hypothesis;
import io.headwater.models.translation.TranslationEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Target tokens a second on one thread when 128 different sentences wait, greedy: the engine, which
 * takes them together, and the bare graphs, which reuse the cache, too, but take one sentence at a
 * time.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH sets the fields before it calls a benchmark
public class BacklogBenchmark {
  private static final DecodingPlan ONE = new DecodingPlan(1, true, true);

  /** Most source tokens that are decoded together; one sentence at a time knows no such thing. */
  @Param({"1024", "4096"})
  public int budget;

  private List<int[]> sources;
  private int[] lengths;
  private TranslationSessions sessions;
  private TranslationEngine engine;

  /** Loads the package, and finds out how long each translation is. */
  @Setup
  public void prepare() throws OrtException {
    String folder =
        Objects.requireNonNull(
            System.getProperty(TranslationBenchmark.FOLDER), TranslationBenchmark.FOLDER);
    ModelPackage model = ModelPackage.open(Path.of(folder));
    sources = TranslationSample.backlog(model);
    sessions = TranslationSessions.open(model);
    engine = TranslationEngine.open(model, new EngineOptions(ExecutionProvider.CPU, 1));
    lengths = translate().stream().mapToInt(TranslationBenchmark::length).toArray();
  }

  /** Frees native memory. */
  @TearDown
  public void close() throws OrtException {
    engine.close();
    sessions.close();
  }

  @Benchmark
  public List<Hypothesis> together(TokenCount count) {
    long before = TranslationBenchmark.cpuNanos();
    List<Hypothesis> found = translate();
    count.cpuMicros += (TranslationBenchmark.cpuNanos() - before) / 1_000;
    count.targetTokens += found.stream().mapToInt(TranslationBenchmark::length).sum();
    return found;
  }

  @Benchmark
  public long oneByOne(TokenCount count) throws OrtException {
    long before = TranslationBenchmark.cpuNanos();
    long written = 0;
    for (int i = 0; i < lengths.length; i++) {
      int[] length = {lengths[i]};
      written += new MeasuredDecoding(sessions, ONE, length).run(List.of(sources.get(i)));
    }
    count.cpuMicros += (TranslationBenchmark.cpuNanos() - before) / 1_000;
    count.targetTokens += written;
    return written;
  }

  private List<Hypothesis> translate() {
    return engine.translate(sources, new DecodingRequest("en", 1, budget, false), () -> {});
  }
}
