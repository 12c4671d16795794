package io.headwater.scorer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SegmentPoolerTest {

  @Property
  void weightsCountEachTokenOnce(
      @ForAll @IntRange(min = 0, max = 2_000) int tokens,
      @ForAll @IntRange(min = 1, max = 100) int window,
      @ForAll @IntRange(min = 0, max = 99) int overlap) {
    int step = Math.max(1, window - overlap);
    int segments = tokens <= window ? 1 : 1 + (tokens - window + step - 1) / step;
    int[] first = new int[segments];
    int[] own = new int[segments];
    for (int i = 0; i < segments; i++) {
      first[i] = Math.max(0, Math.min(i * step, tokens - window));
      own[i] = Math.min(window, tokens - first[i]);
    }

    int[] weights = SegmentPooler.weights(first, own);

    assertThat(Arrays.stream(weights).sum()).isEqualTo(tokens);
    assertThat(weights[0]).isEqualTo(own[0]);
  }

  @Property
  void pooledProbabilitiesSumToOneAndLieBetweenThoseOfTheSegments(
      @ForAll @Size(min = 2, max = 20) List<@IntRange(min = 0, max = 512) Integer> weights,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[weights.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(random.nextFloat(), random.nextFloat());
    }

    float[] pooled = SegmentPooler.pool(rows, ints(weights));

    assertThat(pooled[0] + pooled[1] + pooled[2]).isCloseTo(1f, within(1e-5f));
    for (int label = 0; label < 3; label++) {
      int at = label;
      double least = Arrays.stream(rows).mapToDouble(row -> row[at]).min().orElseThrow();
      double most = Arrays.stream(rows).mapToDouble(row -> row[at]).max().orElseThrow();
      assertThat((double) pooled[label]).isBetween(least - 1e-6, most + 1e-6);
    }
  }

  @Property
  void aSingleSegmentKeepsItsBits(
      @ForAll @FloatRange(min = 0, max = 1) float first,
      @ForAll @FloatRange(min = 0, max = 1) float second,
      @ForAll @IntRange(min = 0, max = 512) int weight) {
    float[] row = row(first, second);

    float[] pooled = SegmentPooler.pool(new float[][] {row}, new int[] {weight});

    assertThat(pooled).containsExactly(row);
  }

  @Test
  void aSegmentCountsByTheTokensThatItAdds() {
    float[][] rows = {{1, 0}, {0, 1}};

    float[] pooled = SegmentPooler.pool(rows, SegmentPooler.weights(ints(0, 60), ints(80, 40)));

    assertThat(pooled).containsExactly(0.8f, 0.2f);
  }

  @Test
  void segmentsWithoutTokensCountAlike() {
    float[][] rows = {{1, 0}, {0, 1}};

    assertThat(SegmentPooler.pool(rows, new int[2])).containsExactly(0.5f, 0.5f);
  }

  @Test
  void positionsThatNoTokenizerWritesGiveNoNegativeWeight() {
    int[] weights = SegmentPooler.weights(ints(5, 0, -9, Integer.MAX_VALUE), ints(5, 3, 2, 7));

    assertThat(Arrays.stream(weights).min().orElseThrow()).isNotNegative();
  }

  private static float[] row(float first, float second) {
    float total = first + second + 0.25f;
    return new float[] {first / total, second / total, 0.25f / total};
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] ints(int... values) {
    return values;
  }
}
