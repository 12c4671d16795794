package io.headwater.load;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.engine.SentimentEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Whether two callers do better with a session each than with one together, and what it would spare
 * at the start to save the graph as ONNX Runtime has optimised it.
 */
// Optimising recurses deeply in native code.
@Fork(value = 1, jvmArgsAppend = "-Xss16m")
public class SessionBenchmark {
  private static final int BUDGET = 1_024;

  /** One session for all callers, as the scorer has it. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH sets the fields before it calls a benchmark
  public static class Together {
    private SentimentEngine engine;

    /** Loads the package. */
    @Setup
    public void open() {
      engine =
          SentimentEngine.open(
              ExplainBenchmark.shipped(),
              new EngineOptions(ExecutionProvider.CPU, 2).withCallsSideBySide());
    }

    /** Frees native memory. */
    @TearDown
    public void close() {
      engine.close();
    }
  }

  /** A session for each caller. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH sets the fields before it calls a benchmark
  public static class Own {
    private SentimentEngine engine;

    /** Loads the package. */
    @Setup
    public void open() {
      engine =
          SentimentEngine.open(
              ExplainBenchmark.shipped(), new EngineOptions(ExecutionProvider.CPU, 1));
    }

    /** Frees native memory. */
    @TearDown
    public void close() {
      engine.close();
    }
  }

  /** A batch of as many tokens as the default budget. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH sets the fields before it calls a benchmark
  public static class Batch {
    @Param("32")
    public int tokens;

    private List<int[]> rows;

    /** The same rows for all. */
    @Setup
    public void fill() {
      rows = Stream.generate(() -> new int[tokens]).limit(BUDGET / tokens).toList();
    }
  }

  /** The graph as it is shipped, or as ONNX Runtime writes it once it has optimised it. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH sets the fields before it calls a benchmark
  public static class Graph {
    @Param({"shipped", "optimised"})
    public String graph;

    private Path folder;
    private Path file;
    private OptLevel level;

    /** Has the graph written, where it shall be an optimised one. */
    @Setup
    public void write() throws IOException, OrtException {
      folder = Files.createTempDirectory("session-benchmark");
      file = ExplainBenchmark.shipped().graphFile();
      level = OptLevel.ALL_OPT;
      if (graph.equals("optimised")) {
        Path saved = folder.resolve("optimised.onnx");
        try (SessionOptions options = new SessionOptions()) {
          options.setOptimizedModelFilePath(saved.toString());
          OrtEnvironment.getEnvironment().createSession(file.toString(), options).close();
        }
        file = saved;
        level = OptLevel.NO_OPT;
      }
    }

    /** Removes what was written. */
    @TearDown
    public void delete() throws IOException {
      Files.deleteIfExists(folder.resolve("optimised.onnx"));
      Files.delete(folder);
    }
  }

  @Benchmark
  @Threads(2)
  public float[][] together(Together scorer, Batch batch) {
    return scorer.engine.probabilities(batch.rows);
  }

  @Benchmark
  @Threads(2)
  public float[][] each(Own scorer, Batch batch) {
    return scorer.engine.probabilities(batch.rows);
  }

  @Benchmark
  public long open(Graph graph) throws OrtException {
    try (SessionOptions options = new SessionOptions()) {
      options.setOptimizationLevel(graph.level);
      options.setIntraOpNumThreads(1);
      try (OrtSession session =
          OrtEnvironment.getEnvironment().createSession(graph.file.toString(), options)) {
        return session.getNumOutputs();
      }
    }
  }
}
