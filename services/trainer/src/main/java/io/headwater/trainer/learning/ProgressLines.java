package io.headwater.trainer.learning;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Prints how training goes. */
public final class ProgressLines implements TrainingObserver {
  private final PrintWriter out;
  private final Function<Evaluation, String> judged;
  private final Function<Evaluation, List<String>> details;

  /**
   * Lines for a task.
   *
   * @param judged what an evaluation found, in a few words
   * @param details more of it, a line each
   */
  public ProgressLines(
      PrintWriter out,
      Function<Evaluation, String> judged,
      Function<Evaluation, List<String>> details) {
    this.out = out;
    this.judged = judged;
    this.details = details;
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
        "pass %.2f  loss %.3f  dev loss %.3f  %s%s%n",
        at.epoch(),
        at.trainLoss(),
        at.devLoss(),
        judged.apply(at),
        at.best() ? "  the best so far" : "");
    details.apply(at).forEach(line -> out.println("  " + line));
    out.flush();
  }
}
