package io.headwater.trainer.sentiment;

import io.headwater.trainer.learning.Evaluation;
import io.headwater.trainer.learning.TrainingObserver;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints how training goes. */
final class ProgressLines implements TrainingObserver {
  private final PrintWriter out;

  ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void progress(Progress at) {
    out.printf(
        Locale.ROOT,
        "pass %.2f of %s  step %d  loss %.3f  rate %.1e  gradient %.2f  %,.0f tokens/s  %s left%n",
        at.epoch(),
        at.epochs(),
        at.step(),
        at.loss(),
        at.rate(),
        at.gradientNorm(),
        at.tokensPerSecond(),
        readable(at.secondsLeft()));
    out.flush();
  }

  @Override
  public void evaluated(Evaluation at) {
    out.printf(
        Locale.ROOT,
        "pass %.2f  loss %.3f  dev loss %.3f  dev macro-recall %.4f%s%n",
        at.epoch(),
        at.trainLoss(),
        at.devLoss(),
        at.score(),
        at.best() ? "  the best so far" : "");
    at.dev().forEach((name, quality) -> out.printf(Locale.ROOT, "  %s: %s%n", name, quality));
    out.flush();
  }

  private static String readable(double seconds) {
    Duration left = Duration.ofSeconds((long) seconds);
    if (left.toHours() > 0) {
      return "%d h %02d min".formatted(left.toHours(), left.toMinutesPart());
    }
    return left.toMinutes() > 0
        ? "%d min".formatted(left.toMinutes())
        : "%d s".formatted(left.toSeconds());
  }
}
