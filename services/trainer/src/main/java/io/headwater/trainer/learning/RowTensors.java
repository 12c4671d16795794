package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.headwater.trainer.data.Sentiment;
import io.headwater.trainer.network.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes tensors of rows, and the loss of what a network says of them. */
final class RowTensors {
  /** What an output that is left out gets: its probability is zero, and nothing is infinite. */
  private static final float LEFT_OUT = -1e9f;

  private RowTensors() {}

  /**
   * The rows as a batch, padded to the longest.
   *
   * @param masked share of the tokens to hide; of each row at least one stays
   * @param random decides which
   */
  static Tokens<NDArray> tokens(
      List<TokenRow> rows, double masked, SplittableRandom random, NDManager manager) {
    return TokenTensors.of(
        rows.stream().map(TokenRow::ids).toList(),
        () -> masked > 0 && random.nextDouble() < masked,
        manager);
  }

  /**
   * The mean cross-entropy of rows, in nats, each times the row's weight.
   *
   * @param logits {@code [rows, labels]}
   * @param smoothing share of the right label's probability that is spread over all that the row
   *     knows
   */
  static NDArray loss(NDArray logits, List<TokenRow> rows, double smoothing, NDManager manager) {
    int labels = Math.toIntExact(logits.getShape().get(1));
    float[] wanted = new float[rows.size() * labels];
    for (int i = 0; i < rows.size(); i++) {
      TokenRow row = rows.get(i);
      float spread = (float) (smoothing / (row.twoWay() ? labels - 1 : labels));
      Arrays.fill(wanted, i * labels, (i + 1) * labels, spread);
      wanted[i * labels + row.label()] += (float) (1 - smoothing);
      for (int label = i * labels; label < (i + 1) * labels; label++) {
        wanted[label] *= row.weight();
      }
      if (row.twoWay()) {
        int neutral = i * labels + Sentiment.NEUTRAL.index();
        wanted[neutral] = 0;
      }
    }
    return likelihoods(logits, rows, manager)
        .mul(manager.create(wanted, logits.getShape()))
        .sum()
        .neg()
        .div(rows.size());
  }

  /**
   * How far two readings of the same rows are apart: the mean over the rows of (KL(p, q) + KL(q,
   * p)) / 2 in nats, each times the row's weight. Of a row that cannot be neutral, over the other
   * labels.
   *
   * @param logits {@code [2 * rows, labels]}: all rows as read once, then all as read again
   */
  static NDArray disagreement(NDArray logits, List<TokenRow> rows, NDManager manager) {
    int count = rows.size();
    NDArray first = likelihoods(logits.get(new NDIndex("0:{}", count)), rows, manager);
    NDArray second = likelihoods(logits.get(new NDIndex("{}:", count)), rows, manager);
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      weights[i] = rows.get(i).weight() / (2 * count);
    }
    // KL(p, q) + KL(q, p) is the sum of (p - q)(log p - log q).
    return first
        .exp()
        .sub(second.exp())
        .mul(first.sub(second))
        .mul(manager.create(weights, new Shape(count, 1)))
        .sum();
  }

  /** The logarithms of the labels' probabilities, without what a row leaves out. */
  private static NDArray likelihoods(NDArray logits, List<TokenRow> rows, NDManager manager) {
    int labels = Math.toIntExact(logits.getShape().get(1));
    float[] leftOut = new float[rows.size() * labels];
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).twoWay()) {
        leftOut[i * labels + Sentiment.NEUTRAL.index()] = LEFT_OUT;
      }
    }
    return logits.add(manager.create(leftOut, logits.getShape())).logSoftmax(1);
  }
}
