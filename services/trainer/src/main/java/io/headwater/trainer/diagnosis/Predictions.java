package io.headwater.trainer.diagnosis;

import io.headwater.trainer.graph.SentimentHead;
import java.util.stream.IntStream;

/**
 * What a model says of a sample's rows, at a temperature. On a set without neutral only negative
 * and positive count, as in {@link io.headwater.trainer.head.Quality}. Immutable.
 */
public final class Predictions {
  private static final int NEGATIVE = 0;
  private static final int NEUTRAL = 1;
  private static final int POSITIVE = 2;

  private final Sample sample;
  private final float[][] probabilities;
  private final double temperature;

  private Predictions(Sample sample, float[][] probabilities, double temperature) {
    this.sample = sample;
    this.probabilities = probabilities;
    this.temperature = temperature;
  }

  /**
   * Predictions as the model makes them.
   *
   * @param probabilities {@code [rows][labels]}; not changed by anybody afterwards
   */
  public static Predictions of(Sample sample, float[][] probabilities) {
    if (probabilities.length != sample.size()) {
      throw new IllegalArgumentException(
          sample.size() + " rows, " + probabilities.length + " predictions");
    }
    return new Predictions(sample, probabilities, 1);
  }

  /** The same with logits divided by a number. */
  public Predictions at(double newTemperature) {
    return new Predictions(sample, probabilities, newTemperature);
  }

  /** Every other row: the first, third, ... or the second, fourth, ... */
  public Predictions half(boolean second) {
    int[] rows = IntStream.range(0, size()).filter(row -> row % 2 == (second ? 1 : 0)).toArray();
    float[][] chosen = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = probabilities[rows[i]];
    }
    return new Predictions(sample.select(rows), chosen, temperature);
  }

  /** The rows. */
  public Sample sample() {
    return sample;
  }

  /** How many rows there are. */
  public int size() {
    return probabilities.length;
  }

  /** What people said of a row. */
  public int label(int row) {
    return sample.texts().labels().get(row).index();
  }

  /** What the model says of a row. */
  public int predicted(int row) {
    float[] p = probabilities[row];
    int best = p[POSITIVE] > p[NEGATIVE] ? POSITIVE : NEGATIVE;
    return !sample.twoWay() && p[NEUTRAL] > p[best] ? NEUTRAL : best;
  }

  /** Whether a row is right. */
  public boolean right(int row) {
    return label(row) == predicted(row);
  }

  /** The probability of what is said of a row. */
  public double confidence(int row) {
    return shares(row)[predicted(row)];
  }

  /** The labels' probabilities; they sum to 1 over those that count. */
  public double[] shares(int row) {
    double[] scores = logits(row);
    for (int label = 0; label < scores.length; label++) {
      scores[label] /= temperature;
    }
    return SentimentHead.softmax(scores, sample.twoWay());
  }

  /** Logits at temperature 1, up to a constant: the softmax takes a constant away. */
  double[] logits(int row) {
    double[] scores = new double[SentimentHead.LABELS];
    for (int label = 0; label < scores.length; label++) {
      scores[label] = Math.log(Math.max(probabilities[row][label], Float.MIN_NORMAL));
    }
    return scores;
  }

  /** Share of right predictions. */
  public double accuracy() {
    return IntStream.range(0, size()).filter(this::right).count() / (double) size();
  }

  /** Mean of {@code -log} of the label's probability. */
  public double logLoss() {
    double sum = 0;
    for (int row = 0; row < size(); row++) {
      sum -= Math.log(Math.max(shares(row)[label(row)], Double.MIN_NORMAL));
    }
    return sum / size();
  }
}
