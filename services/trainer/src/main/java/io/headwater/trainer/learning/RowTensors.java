package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
    float[] leftOut = new float[wanted.length];
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
        leftOut[neutral] = LEFT_OUT;
      }
    }
    Shape shape = logits.getShape();
    NDArray likelihoods = logits.add(manager.create(leftOut, shape)).logSoftmax(1);
    return likelihoods.mul(manager.create(wanted, shape)).sum().neg().div(rows.size());
  }
}
