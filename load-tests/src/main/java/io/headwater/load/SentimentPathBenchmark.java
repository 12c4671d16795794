package io.headwater.load;

import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.Segment;
import io.headwater.models.text.SegmentCutter;
import io.headwater.models.text.TokenizedText;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.batch.SegmentPooler;
import io.headwater.scorer.batch.SegmentSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a text costs on its way to a sentiment, each part by itself: tokenising and cutting it into
 * segments, the model on one thread, pooling its segments, and its share of cutting a unit of work
 * into batches.
 */
public class SentimentPathBenchmark {
  /** How many texts of a size a unit of work has, for cutting it into batches. */
  static final int UNIT = 1_024;

  /** One text of some length. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH sets the fields before it calls a benchmark
  public static class Text {
    private static final String WORDS =
        "The parcel came two days late, but the driver called before and was very friendly. ";

    @Param({"64", "2048"})
    public int tokens;

    private String text;
    private PackageTokenizer tokenizer;
    private SegmentCutter cutter;
    private SentimentEngine engine;
    private List<int[]> segments;
    private float[][] probabilities;
    private int[] weights;

    /** Loads the package, and a text of about as many tokens as asked for. */
    @Setup
    public void open() {
      ModelPackage model = ExplainBenchmark.shipped();
      tokenizer = PackageTokenizer.open(model);
      cutter = tokenizer.segmentCutter(32);
      engine = SentimentEngine.open(model, new EngineOptions(ExecutionProvider.CPU, 1));
      StringBuilder words = new StringBuilder();
      while (tokenizer.encode(words.toString()).length() < tokens) {
        words.append(WORDS);
      }
      text = words.toString();
      segments = cutter.cut(tokenizer.encode(text)).stream().map(Segment::ids).toList();
      probabilities = engine.probabilities(segments);
      weights = new int[segments.size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = segments.get(i).length;
      }
    }

    /** Frees native memory. */
    @TearDown
    public void close() {
      engine.close();
      tokenizer.close();
    }
  }

  /** Segments of a unit of work, short ones most often. */
  @State(Scope.Thread)
  public static class Unit {
    private final List<SegmentSlot> slots = new ArrayList<>();
    private final BatchCutter cutter = new BatchCutter(new BatchBudget(1_024, 12));

    /** Lengths are skewed: of 1,024 about half are below 20 tokens, and a few have hundreds. */
    @Setup
    public void fill() {
      Random random = new Random(3);
      for (int i = 0; i < UNIT; i++) {
        int length = (int) Math.min(512, 4 + Math.exp(2.8 + 0.8 * random.nextGaussian()));
        slots.add(new SegmentSlot(i, 0, new int[length]));
      }
    }
  }

  @Benchmark
  public TokenizedText tokenize(Text text) {
    return text.tokenizer.encode(text.text);
  }

  @Benchmark
  public List<Segment> tokenizeAndCut(Text text) {
    return text.cutter.cut(text.tokenizer.encode(text.text));
  }

  @Benchmark
  public float[][] model(Text text) {
    return text.engine.probabilities(text.segments);
  }

  @Benchmark
  public float[] pool(Text text) {
    return SegmentPooler.pool(text.probabilities, text.weights);
  }

  @Benchmark
  public List<List<SegmentSlot>> batches(Text text, Unit unit) {
    return unit.cutter.cut(unit.slots);
  }
}
