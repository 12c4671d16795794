package io.headwater.trainer.learning;

import io.headwater.trainer.learning.Place.Losses;
import io.headwater.trainer.learning.TrainingObserver.Progress;
import java.time.Duration;

/** Knows when to report and when to save, and how fast it goes. Belongs to one thread. */
final class Stopwatch {
  private static final long REPORT_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long CHECKPOINT_NANOS = Duration.ofMinutes(3).toNanos();

  private final TrainingPlan plan;
  private final long begun = System.nanoTime();
  private final double begunAt;
  private long reported = begun;
  private long saved = begun;
  private Losses losses = Losses.NONE;
  private long tokens;

  /**
   * Begins to measure.
   *
   * @param done share of the training that was done before
   */
  Stopwatch(TrainingPlan plan, double done) {
    this.plan = plan;
    this.begunAt = done;
  }

  void count(long read, double loss) {
    losses = losses.plus(loss);
    tokens += read;
  }

  boolean reportDue() {
    return System.nanoTime() - reported >= REPORT_NANOS;
  }

  /** Whether a checkpoint is due; if so, the next is due some minutes from now. */
  boolean checkpointDue() {
    long now = System.nanoTime();
    boolean due = now - saved >= CHECKPOINT_NANOS;
    saved = due ? now : saved;
    return due;
  }

  /** What to tell since the last report. */
  Progress report(long step, double done, double rate, float norm) {
    long now = System.nanoTime();
    double share = done - begunAt;
    double left = share <= 0 ? 0 : (1 - done) * (now - begun) / 1e9 / share;
    double seconds = Math.max(1, now - reported) / 1e9;
    Progress progress =
        new Progress(
            done * plan.epochs(),
            plan.epochs(),
            step,
            losses.mean(),
            rate,
            norm,
            tokens / seconds,
            Math.max(0, left));
    reported = now;
    losses = Losses.NONE;
    tokens = 0;
    return progress;
  }
}
