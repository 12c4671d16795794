package io.headwater.trainer.translation.training;

import io.headwater.trainer.translation.model.Parameters;
import java.io.IOException;

/** Hears how training goes. Called on the training thread. */
public interface TrainingObserver {
  /**
   * Every few seconds.
   *
   * @param progress where it stands
   */
  void progress(Progress progress);

  /**
   * After each pass, and at the end.
   *
   * @param passes passes that are done, with the part of the last one
   * @param mean the running mean of the weights; valid during the call
   * @throws IOException when what it writes cannot be written
   */
  void evaluate(double passes, Parameters mean) throws IOException;

  /**
   * Where training stands.
   *
   * @param epoch passes done, with the part of the one under way
   * @param epochs passes planned
   * @param step steps of the optimizer
   * @param loss mean smoothed cross-entropy since the last report, in nats per token
   * @param rate learning rate
   * @param gradientNorm of the last step, before clipping
   * @param tokensPerSecond source and target tokens since the last report, padding not counted
   * @param secondsLeft at the mean speed so far
   */
  record Progress(
      double epoch,
      double epochs,
      long step,
      double loss,
      double rate,
      double gradientNorm,
      double tokensPerSecond,
      double secondsLeft) {}
}
