package io.headwater.models.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.explain.Explanation;
import io.headwater.models.explain.SentimentExplainer;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The int8 form of the shipped sentiment package keeps what the fp32 form promises. */
class Int8SentimentTest {

  private static final int FIRST_WORD = 1000;

  private static ModelPackage model;
  private static PackageTokenizer tokenizer;
  private static SentimentEngine engine;

  @BeforeAll
  static void open() {
    model = ShippedSentiment.open(ShippedSentiment.INT8);
    tokenizer = PackageTokenizer.open(model);
    engine = SentimentEngine.open(model, EngineOptions.cpu());
  }

  @AfterAll
  static void close() {
    engine.close();
    tokenizer.close();
  }

  @Test
  void neighboursAndPaddingNeverChangeAScore() {
    Random random = new Random(20_261_129);
    for (int round = 0; round < 40; round++) {
      int longest = round % 10 == 0 ? 300 : 40;
      assertAloneAsInBatch(random, 1 + random.nextInt(16), longest);
    }
  }

  @Test
  void theLongestSegmentScoresTheSameBesideTheShortest() {
    Random random = new Random(3);
    List<int[]> batch = List.of(segment(512, random), segment(1, random), segment(2, random));

    float[][] together = engine.probabilities(batch);

    for (int row = 0; row < batch.size(); row++) {
      assertThat(together[row]).isEqualTo(engine.probabilities(List.of(batch.get(row)))[0]);
    }
  }

  @Test
  void threadsNeverChangeAScore() {
    Random random = new Random(4);
    List<int[]> batch = List.of(segment(30, random), segment(17, random), segment(90, random));
    try (SentimentEngine one = SentimentEngine.open(model, EngineOptions.cpu().withThreads(1));
        SentimentEngine three = SentimentEngine.open(model, EngineOptions.cpu().withThreads(3))) {
      assertThat(three.probabilities(batch)).isDeepEqualTo(one.probabilities(batch));
    }
  }

  @Test
  void comesNearTheWholeModelOnItsGoldenTexts() throws IOException {
    try (SentimentEngine whole =
        SentimentEngine.open(ShippedSentiment.open(), EngineOptions.cpu())) {
      for (String line : Files.readAllLines(model.folder().resolve("golden.tsv"))) {
        if (!line.startsWith("#")) {
          String[] columns = line.split("\t", -1);
          int label = model.labels().indexOf(columns[0]);
          List<int[]> ids = List.of(segment(columns[2]).ids());
          float given = engine.probabilities(ids)[0][label];
          assertThat(given).isCloseTo(Float.parseFloat(columns[1]), within(0.02f));
          assertThat(given).isCloseTo(whole.probabilities(ids)[0][label], within(0.1f));
        }
      }
    }
  }

  @Test
  void isExplainedByTheWordThatDecides() {
    String text = "The waiter was on time, but the food was terrible.";
    Segment segment = segment(text);
    try (SentimentExplainer explainer = SentimentExplainer.open(model, EngineOptions.cpu())) {
      Explanation explanation =
          explainer.explain(segment.ids(), SentimentExplainer.special(segment.starts()), 0);

      assertThat(explainer.layers()).isEqualTo(12);
      int strongest = 0;
      double rollout = 0;
      for (int i = 0; i < segment.ids().length; i++) {
        rollout += explanation.rollout()[i];
        strongest = explanation.occlusion()[i] > explanation.occlusion()[strongest] ? i : strongest;
      }
      assertThat(rollout).isCloseTo(1, within(1e-3));
      assertThat(text.substring(segment.starts()[strongest], segment.ends()[strongest]))
          .isEqualTo("terrible");
    }
  }

  private static void assertAloneAsInBatch(Random random, int count, int longest) {
    List<int[]> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batch.add(segment(1 + random.nextInt(longest), random));
    }

    float[][] together = engine.probabilities(batch);

    for (int row = 0; row < count; row++) {
      float[] alone = engine.probabilities(List.of(batch.get(row)))[0];
      assertThat(bits(together[row]))
          .as("row %d of lengths %s", row, batch.stream().map(ids -> ids.length).toList())
          .isEqualTo(bits(alone));
    }
  }

  private static int[] segment(int length, Random random) {
    return random.ints(length, FIRST_WORD, engine.vocabularySize()).toArray();
  }

  private static Segment segment(String text) {
    return tokenizer.segmentCutter(0).cut(tokenizer.encode(text)).get(0);
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }
}
