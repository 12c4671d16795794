package io.headwater.trainer;

import ai.djl.ndarray.NDManager;
import io.headwater.trainer.learning.TrainingObserver.Progress;
import io.headwater.trainer.translation.TransformerWeights;
import io.headwater.trainer.translation.model.Network;
import io.headwater.trainer.translation.model.Parameters;
import io.headwater.trainer.translation.quality.Bleu;
import io.headwater.trainer.translation.text.PairEncoder;
import io.headwater.trainer.translation.text.ParallelTexts;
import io.headwater.trainer.translation.training.TrainingObserver;
import io.headwater.trainer.translation.training.WeightsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Tells how training goes, translates the dev sentences after each pass, and keeps the mean weights
 * that translate them best.
 */
final class TranslationJudge implements TrainingObserver {
  private static final int ROWS_A_CALL = 64;
  private static final int SHOWN = 3;

  private final PairEncoder encoder;
  private final ParallelTexts dev;
  private final Path best;
  private final PrintWriter out;
  private final NDManager manager;
  private double bestScore = -1;

  /**
   * A judge that has seen nothing but the best weights of the run that it goes on with, if any.
   *
   * @param best where the best weights are written, and may be already
   * @param out where it tells
   * @param manager owns what it needs while it translates
   */
  TranslationJudge(
      PairEncoder encoder, ParallelTexts dev, Path best, PrintWriter out, NDManager manager) {
    this.encoder = encoder;
    this.dev = dev;
    this.best = best;
    this.out = out;
    this.manager = manager;
  }

  @Override
  public void progress(Progress at) {
    out.println(at.line());
    out.flush();
  }

  @Override
  public void evaluate(double passes, Parameters mean) throws IOException {
    if (bestScore < 0 && Files.exists(best)) {
      bestScore = scoreOf(WeightsFile.read(best));
    }
    List<String> translations = translate(mean);
    Bleu bleu = Bleu.of(translations, dev.targets());
    boolean better = bleu.score() > bestScore;
    if (better) {
      bestScore = bleu.score();
      WeightsFile.write(mean.toWeights(), best);
    }
    out.printf(
        Locale.ROOT,
        "pass %.2f  dev (%d, greedy)  %s%s%n",
        passes,
        dev.size(),
        bleu,
        better ? "  the best so far" : "");
    for (int i = 0; i < Math.min(SHOWN, dev.size()); i++) {
      int row = i * dev.size() / SHOWN;
      out.printf("  %s -> %s%n", dev.sources().get(row), translations.get(row));
    }
    out.flush();
  }

  /** Judged again rather than noted down: the dev sentences may be others now. */
  private double scoreOf(TransformerWeights weights) {
    try (NDManager own = manager.newSubManager()) {
      return Bleu.of(translate(Parameters.of(weights, own)), dev.targets()).score();
    }
  }

  private List<String> translate(Parameters mean) {
    Network network = new Network(mean, 0, 0);
    List<int[]> ids = encoder.encode(dev.sources());
    List<Integer> order =
        IntStream.range(0, ids.size())
            .boxed()
            .sorted(Comparator.comparingInt(row -> ids.get(row).length))
            .toList();
    String[] translations = new String[ids.size()];
    for (int from = 0; from < order.size(); from += ROWS_A_CALL) {
      List<Integer> rows = order.subList(from, Math.min(order.size(), from + ROWS_A_CALL));
      List<int[]> sources = new ArrayList<>(rows.stream().map(ids::get).toList());
      int longest = sources.stream().mapToInt(row -> row.length).max().orElse(0);
      int most = Math.min(2 * longest + 10, mean.shape().maxPositions() - 1);
      List<int[]> written = network.translate(sources, most, manager);
      for (int i = 0; i < rows.size(); i++) {
        translations[rows.get(i)] = encoder.decode(written.get(i));
      }
    }
    return Arrays.asList(translations);
  }
}
