package io.headwater.models.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.engine.SentimentEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * A segment's probabilities do not depend on its neighbours: the floats are the same bits. Many
 * short segments are tried, because the last few columns of a matrix are where kernels differ, and
 * some of any length.
 */
class BatchInvarianceTest {

  private static final int OPENING = 101;
  private static final int CLOSING = 102;
  private static final int FIRST_WORD = 1000;

  private static @Nullable SentimentEngine shared;

  @BeforeContainer
  static void openEngine() {
    shared =
        SentimentEngine.open(ShippedSentiment.open(), new EngineOptions(ExecutionProvider.CPU, 0));
  }

  @AfterContainer
  static void closeEngine() {
    engine().close();
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void neighboursAndPaddingNeverChangeAScore(
      @ForAll @Size(min = 1, max = 24) List<@IntRange(min = 2, max = 40) Integer> lengths,
      @ForAll long seed) {
    assertAloneAsInBatch(lengths, seed);
  }

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void lengthsFarApartNeverChangeAScore(
      @ForAll @IntRange(min = 1, max = 512) int first,
      @ForAll @IntRange(min = 1, max = 512) int second,
      @ForAll @IntRange(min = 1, max = 64) int third,
      @ForAll long seed) {
    assertAloneAsInBatch(List.of(first, second, third), seed);
  }

  private static void assertAloneAsInBatch(List<Integer> lengths, long seed) {
    Random random = new Random(seed);
    List<int[]> batch = new ArrayList<>();
    for (int length : lengths) {
      batch.add(segment(length, random));
    }

    float[][] together = engine().probabilities(batch);

    for (int row = 0; row < batch.size(); row++) {
      float[] alone = engine().probabilities(List.of(batch.get(row)))[0];
      assertThat(bits(together[row]))
          .as("row %d of lengths %s", row, lengths)
          .isEqualTo(bits(alone));
    }
  }

  private static int[] segment(int length, Random random) {
    int[] ids = random.ints(length, FIRST_WORD, engine().vocabularySize()).toArray();
    ids[0] = OPENING;
    if (length > 1) {
      ids[length - 1] = CLOSING;
    }
    return ids;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private static SentimentEngine engine() {
    if (shared == null) {
      throw new IllegalStateException("the engine is opened before the first property");
    }
    return shared;
  }
}
