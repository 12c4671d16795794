package io.headwater.trainer.head;

/**
 * How a head is trained. Chosen on the dev sets.
 *
 * @param hidden width of the hidden layer
 * @param epochs passes over all texts
 * @param learningRate step size of the first step after warm-up; it falls to zero in a straight
 *     line
 * @param weightDecay how strongly weights are pulled to zero
 * @param inputDropout share of features hidden at each step
 * @param hiddenDropout share of hidden units silenced at each step
 * @param seed of everything random
 */
public record HeadSettings(
    int hidden,
    int epochs,
    double learningRate,
    double weightDecay,
    double inputDropout,
    double hiddenDropout,
    long seed) {

  /** Refuses settings that cannot train anything. */
  public HeadSettings {
    if (hidden < 1 || epochs < 1 || learningRate <= 0 || weightDecay < 0) {
      throw new IllegalArgumentException(
          "hidden, epochs and learningRate must be positive, weightDecay not negative");
    }
    if (inputDropout < 0 || inputDropout > 0.9 || hiddenDropout < 0 || hiddenDropout > 0.9) {
      throw new IllegalArgumentException("dropout must lie between 0 and 0.9");
    }
  }
}
