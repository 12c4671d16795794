package io.headwater.trainer.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * The weights of a head: pooled hidden states, a hidden layer with ReLU, and three labels. The
 * arrays are the record's own and must not be changed.
 *
 * @param pooled what the head reads, in order
 * @param hiddenWeights {@code [inputs][hidden]}, flattened
 * @param hiddenBias {@code [hidden]}
 * @param labelWeights {@code [hidden][labels]}, flattened
 * @param labelBias {@code [labels]}
 */
@SuppressWarnings("ArrayRecordComponent") // a matrix has no better form in Java
public record SentimentHead(
    List<PooledState> pooled,
    float[] hiddenWeights,
    float[] hiddenBias,
    float[] labelWeights,
    float[] labelBias) {

  /** How many labels there are. */
  public static final int LABELS = 3;

  private static final int FRESH_UNITS = 64;

  /** Refuses weights whose sizes do not fit each other. */
  public SentimentHead {
    pooled = List.copyOf(pooled);
    Objects.requireNonNull(hiddenBias, "hiddenBias");
    boolean fits =
        hiddenWeights.length == pooled.size() * HeadGraph.WIDTH * hiddenBias.length
            && labelWeights.length == hiddenBias.length * LABELS
            && labelBias.length == LABELS;
    if (!fits) {
      throw new IllegalArgumentException("the sizes of the weights do not fit each other");
    }
  }

  /** A head that knows nothing yet, over the mean of the last layer (Glorot and Bengio 2010). */
  public static SentimentHead fresh(long seed) {
    Random random = new Random(seed);
    return new SentimentHead(
        List.of(PooledState.parse("mean-11")),
        uniform(random, HeadGraph.WIDTH, FRESH_UNITS),
        new float[FRESH_UNITS],
        uniform(random, FRESH_UNITS, LABELS),
        new float[LABELS]);
  }

  private static float[] uniform(Random random, int in, int out) {
    double bound = Math.sqrt(6.0 / (in + out));
    float[] values = new float[in * out];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }

  /** Width of what the head reads. */
  public int inputs() {
    return pooled.size() * HeadGraph.WIDTH;
  }

  /** Width of the hidden layer. */
  public int hidden() {
    return hiddenBias.length;
  }

  /**
   * What the head makes of some features, computed in Java; the graph may differ in the last bits.
   *
   * @param rows {@code [texts][inputs]}
   * @return {@code [texts][labels]}
   */
  public float[][] probabilities(float[][] rows) {
    return Arrays.stream(rows).parallel().map(this::probabilities).toArray(float[][]::new);
  }

  private float[] probabilities(float[] row) {
    float[] units = hiddenBias.clone();
    for (int i = 0; i < row.length; i++) {
      for (int k = 0; k < units.length; k++) {
        units[k] += row[i] * hiddenWeights[i * units.length + k];
      }
    }
    double[] scores = new double[LABELS];
    for (int label = 0; label < LABELS; label++) {
      scores[label] = labelBias[label];
      for (int k = 0; k < units.length; k++) {
        scores[label] += Math.max(0, units[k]) * labelWeights[k * LABELS + label];
      }
    }
    double[] exact = softmax(scores, false);
    return new float[] {(float) exact[0], (float) exact[1], (float) exact[2]};
  }

  /** Probabilities over all labels, or over negative and positive only. */
  public static double[] softmax(double[] scores, boolean twoWay) {
    double largest = Math.max(scores[0], scores[2]);
    if (!twoWay) {
      largest = Math.max(largest, scores[1]);
    }
    double sum = 0;
    double[] probabilities = new double[LABELS];
    for (int label = 0; label < LABELS; label++) {
      boolean out = twoWay && label == 1;
      probabilities[label] = out ? 0 : Math.exp(scores[label] - largest);
      sum += probabilities[label];
    }
    for (int label = 0; label < LABELS; label++) {
      probabilities[label] /= sum;
    }
    return probabilities;
  }
}
