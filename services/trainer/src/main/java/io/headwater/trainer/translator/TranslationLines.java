package io.headwater.trainer.translator;

import io.headwater.trainer.learning.Evaluation;
import io.headwater.trainer.learning.TrainingObserver;
import io.headwater.trainer.translation.text.ParallelTexts;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints how training goes. */
final class TranslationLines implements TrainingObserver {
  private static final int SHOWN = 3;

  private final TranslationTask task;
  private final ParallelTexts dev;
  private final PrintWriter out;

  TranslationLines(TranslationTask task, ParallelTexts dev, PrintWriter out) {
    this.task = task;
    this.dev = dev;
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
        "pass %.2f  loss %.3f  dev loss %.3f  dev (%d, greedy)  %s%s%n",
        at.epoch(),
        at.trainLoss(),
        at.devLoss(),
        dev.size(),
        task.last().map(judged -> judged.bleu().toString()).orElse(""),
        at.best() ? "  the best so far" : "");
    List<String> written = task.last().map(TranslationTask.Judged::translations).orElse(List.of());
    for (int i = 0; i < Math.min(SHOWN, written.size()); i++) {
      int row = i * dev.size() / SHOWN;
      out.printf("  %s -> %s%n", dev.sources().get(row), written.get(row));
    }
    out.flush();
  }
}
