package io.headwater.load;

import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.explain.ExplainLimits;
import io.headwater.models.explain.SegmentExplanation;
import io.headwater.models.explain.SentimentExplainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What explanations cost: to those that ask, and to those that do not. On one thread. */
public class ExplainBenchmark {
  /** Names the folder of the sentiment package to measure. */
  static final String FOLDER = "headwater.sentiment";

  private static final int BATCH = 8;
  private static final int LOWEST = 1_996;
  private static final EngineOptions ONE_THREAD = new EngineOptions(ExecutionProvider.CPU, 1);

  /** A scorer's engine, alone. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH sets the fields before it calls a benchmark
  public static class Alone {
    @Param({"32", "128"})
    public int tokens;

    ModelPackage model;
    SentimentEngine engine;
    List<int[]> batch;

    /** JMH would call a method that is overridden with its annotation twice. */
    @Setup
    public final void begin() {
      open();
    }

    @TearDown
    public final void end() {
      close();
    }

    void open() {
      model = shipped();
      engine = SentimentEngine.open(model, ONE_THREAD);
      Random random = new Random(5);
      int highest = model.vocabularySize();
      batch =
          Stream.generate(
                  () -> random.ints(tokens, Math.min(LOWEST, highest - 1), highest).toArray())
              .limit(BATCH)
              .toList();
    }

    void close() {
      engine.close();
    }
  }

  /** The same, with what explains beside it. */
  @State(Scope.Thread)
  public static class Beside extends Alone {
    private @Nullable SentimentExplainer explainer;

    @Override
    void open() {
      super.open();
      explainer = SentimentExplainer.open(model, ONE_THREAD);
    }

    SegmentExplanation explain() {
      return Objects.requireNonNull(explainer)
          .explain(
              batch.get(0),
              new boolean[tokens],
              0,
              new ExplainLimits(ExplainLimits.MOST_PARTS, 1 << 20));
    }

    @Override
    void close() {
      Objects.requireNonNull(explainer).close();
      super.close();
    }
  }

  /** The sentiment package to measure. */
  static ModelPackage shipped() {
    return ModelPackage.open(Path.of(Objects.requireNonNull(System.getProperty(FOLDER))));
  }

  @Benchmark
  public float[][] scoreAlone(Alone scorer) {
    return scorer.engine.probabilities(scorer.batch);
  }

  @Benchmark
  public float[][] scoreBeside(Beside scorer) {
    return scorer.engine.probabilities(scorer.batch);
  }

  @Benchmark
  public float[][] one(Alone scorer) {
    return scorer.engine.probabilities(scorer.batch.subList(0, 1));
  }

  @Benchmark
  public SegmentExplanation explain(Beside scorer) {
    return scorer.explain();
  }
}
