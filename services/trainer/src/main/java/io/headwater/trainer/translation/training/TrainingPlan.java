package io.headwater.trainer.translation.training;

/**
 * How to train.
 *
 * @param epochs passes over all pairs
 * @param batchTokens most tokens of a batch on either side, padding included
 * @param peakRate largest learning rate, reached after {@code warmUpSteps}
 * @param warmUpSteps steps in which the rate grows from zero; after them it falls along a line to a
 *     twentieth of the peak at the end
 * @param dropout share of numbers silenced
 * @param smoothing label smoothing
 * @param seed of everything random
 */
public record TrainingPlan(
    double epochs,
    int batchTokens,
    double peakRate,
    int warmUpSteps,
    float dropout,
    float smoothing,
    long seed) {
  private static final double LAST_SHARE = 0.05;

  /** Refuses numbers that make no plan. */
  public TrainingPlan {
    require(epochs > 0, "epochs is " + epochs + "; more than 0 are needed");
    require(batchTokens >= 64, "batchTokens is " + batchTokens + "; at least 64 are needed");
    require(peakRate > 0, "peakRate is " + peakRate + "; more than 0 is needed");
    require(warmUpSteps >= 1, "warmUpSteps is " + warmUpSteps + "; at least 1 is needed");
    require(dropout >= 0 && dropout < 1, "dropout is " + dropout + "; 0 to 1 (exclusive)");
    require(smoothing >= 0 && smoothing < 1, "smoothing is " + smoothing + "; 0 to 1 (exclusive)");
  }

  /**
   * The learning rate of a step.
   *
   * @param step from 1
   * @param done share of the whole training that is done, 0 to 1
   */
  public double rate(long step, double done) {
    double warm = Math.min(1, (double) step / warmUpSteps);
    return peakRate * warm * Math.max(LAST_SHARE, 1 - done * (1 - LAST_SHARE));
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }
}
