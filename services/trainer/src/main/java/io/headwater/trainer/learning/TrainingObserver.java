package io.headwater.trainer.learning;

import java.time.Duration;
import java.util.Locale;

/** Hears how training goes. Called on the training thread. */
public interface TrainingObserver {

  /** Every few seconds. */
  void progress(Progress progress);

  /** After each evaluation. */
  void evaluated(Evaluation evaluation);

  /** One that does not listen. */
  static TrainingObserver silent() {
    return new TrainingObserver() {
      @Override
      public void progress(Progress progress) {
        // Nobody wants to know.
      }

      @Override
      public void evaluated(Evaluation evaluation) {
        // Nobody wants to know.
      }
    };
  }

  /**
   * Where training stands.
   *
   * @param epoch passes done, with the part of the one under way
   * @param epochs passes planned
   * @param step steps of the optimizer
   * @param loss mean loss since the last report
   * @param rate learning rate
   * @param gradientNorm of the last step, before clipping
   * @param tokensPerSecond since the last report, padding not counted
   * @param secondsLeft at the mean speed so far, if it does not stop early
   */
  record Progress(
      double epoch,
      double epochs,
      long step,
      double loss,
      double rate,
      double gradientNorm,
      double tokensPerSecond,
      double secondsLeft) {

    /** All of it in a line. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "pass %.2f of %s  step %d  loss %.3f  rate %.1e  gradient %.2f  %,.0f tokens/s  %s left",
          epoch,
          epochs,
          step,
          loss,
          rate,
          gradientNorm,
          tokensPerSecond,
          timeLeft());
    }

    private String timeLeft() {
      Duration left = Duration.ofSeconds((long) secondsLeft);
      if (left.toHours() > 0) {
        return "%d h %02d min".formatted(left.toHours(), left.toMinutesPart());
      }
      return left.toMinutes() > 0
          ? "%d min".formatted(left.toMinutes())
          : "%d s".formatted(left.toSeconds());
    }
  }
}
