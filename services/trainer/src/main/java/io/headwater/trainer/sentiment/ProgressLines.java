package io.headwater.trainer.sentiment;

import io.headwater.trainer.learning.Evaluation;
import io.headwater.trainer.learning.TrainingObserver;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints how training goes. */
final class ProgressLines implements TrainingObserver {
  private final PrintWriter out;

  ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void progress(Progress at) {
    out.println(at.line());
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
}
