package io.headwater.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.headwater.trainer.tensor.Torch;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against the definition, written out in plain Java. */
class RowTensorsTest {
  private static final int LABELS = 3;
  private static final int NEUTRAL = 1;

  @Property(tries = 100)
  void disagreementIsTheMeanOfBothDivergences(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TokenRow> rows = IntStream.range(0, count).mapToObj(i -> row(random)).toList();
    float[] logits = logits(random, 2 * count);

    double expected = 0;
    for (int i = 0; i < count; i++) {
      TokenRow row = rows.get(i);
      double[] first = likelihoods(logits, i, row.twoWay());
      double[] second = likelihoods(logits, count + i, row.twoWay());
      double both = divergence(first, second) + divergence(second, first);
      expected += row.weight() * both / 2 / count;
    }

    assertThat(disagreement(logits, rows)).isCloseTo(expected, within(1e-4 * (1 + expected)));
  }

  @Property(tries = 50)
  void readingsThatAreTheSameAgree(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TokenRow> rows = IntStream.range(0, count).mapToObj(i -> row(random)).toList();
    float[] once = logits(random, count);
    float[] twice = new float[2 * once.length];
    System.arraycopy(once, 0, twice, 0, once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);

    assertThat(disagreement(twice, rows)).isZero();
  }

  @Property(tries = 50)
  void whatARowCannotBeDoesNotCount(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TokenRow> rows = List.of(new TokenRow(new int[] {1}, 0, true));
    float[] logits = logits(random, 2);
    double before = disagreement(logits, rows);
    logits[NEUTRAL] += 3;

    assertThat(disagreement(logits, rows)).isCloseTo(before, within(1e-4 * (1 + before)));
  }

  private static double disagreement(float[] logits, List<TokenRow> rows) {
    try (NDManager manager = Torch.newManager()) {
      NDArray given = manager.create(logits, new Shape(2L * rows.size(), LABELS));
      return RowTensors.disagreement(given, rows, manager).getFloat();
    }
  }

  private static TokenRow row(SplittableRandom random) {
    boolean twoWay = random.nextBoolean();
    int label = twoWay ? 2 * random.nextInt(2) : random.nextInt(LABELS);
    return new TokenRow(new int[] {1}, label, twoWay, (float) random.nextDouble(0.1, 4));
  }

  private static float[] logits(SplittableRandom random, int rows) {
    float[] logits = new float[rows * LABELS];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextDouble(-6, 6);
    }
    return logits;
  }

  /** The logarithms of one row's probabilities; of a label that it cannot have, NaN. */
  private static double[] likelihoods(float[] logits, int row, boolean twoWay) {
    double[] all = new double[LABELS];
    double sum = 0;
    for (int label = 0; label < LABELS; label++) {
      boolean out = twoWay && label == NEUTRAL;
      all[label] = out ? Double.NaN : logits[row * LABELS + label];
      sum += out ? 0 : Math.exp(all[label]);
    }
    for (int label = 0; label < LABELS; label++) {
      all[label] -= Math.log(sum);
    }
    return all;
  }

  private static double divergence(double[] from, double[] to) {
    double sum = 0;
    for (int label = 0; label < LABELS; label++) {
      if (!Double.isNaN(from[label])) {
        sum += Math.exp(from[label]) * (from[label] - to[label]);
      }
    }
    return sum;
  }
}
