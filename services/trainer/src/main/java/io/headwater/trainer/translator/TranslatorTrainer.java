package io.headwater.trainer.translator;

import ai.djl.ndarray.NDManager;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.config.InvalidConfigurationException;
import io.headwater.trainer.config.TranslationConfiguration;
import io.headwater.trainer.learning.FinishedRun;
import io.headwater.trainer.learning.GradientWatch;
import io.headwater.trainer.learning.Outcome;
import io.headwater.trainer.learning.ProgressLines;
import io.headwater.trainer.learning.RunFolder;
import io.headwater.trainer.learning.TrainingLoop;
import io.headwater.trainer.learning.WeightsFile;
import io.headwater.trainer.network.TranslationNetwork;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.translation.text.PairEncoder;
import io.headwater.trainer.translation.text.ParallelTexts;
import io.headwater.trainer.translation.text.TokenPair;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The recipe of a configured translation model: pairs → tokenizer → token ids → trained weights →
 * package and report. The same command goes on where an interrupted one stopped.
 */
public final class TranslatorTrainer {
  private static final int SHOWN = 3;

  private final TranslationConfiguration configuration;
  private final Path out;
  private final PrintWriter progress;

  /**
   * A trainer; nothing is read yet.
   *
   * @param out where everything goes
   * @param progress where it tells how it goes
   */
  public TranslatorTrainer(TranslationConfiguration configuration, Path out, PrintWriter progress) {
    this.configuration = configuration;
    this.out = out;
    this.progress = progress;
  }

  /**
   * Trains to the end of the plan, and writes {@code out/package}, {@code out/report.json} and
   * {@code out/report.html}.
   *
   * @param id what the package is called
   * @throws IOException if texts or results cannot be read or written
   * @throws InvalidConfigurationException if it names files that are not there
   * @throws IllegalArgumentException if a text file has bad lines, or the folder holds a training
   *     that was begun otherwise
   * @throws IllegalStateException if the loss is no number any more
   */
  public ModelPackage train(ModelId id) throws IOException {
    PreparedPairs pairs = PreparedPairs.of(configuration, out, this::say);
    pairs.counts().forEach(this::tell);
    try (PairEncoder encoder = new PairEncoder(FinishedRun.tokenizer(out));
        NDManager manager = Torch.newManager()) {
      TranslationTask task = task(pairs, encoder, manager);
      RunFolder folder = new RunFolder(out, configuration.settings());
      TrainingLoop<List<TokenPair>> loop =
          new TrainingLoop<>(
              task, configuration.plan(), folder, lines(task, pairs.devTexts()), manager);
      // Not before the folder's checkpoint has turned out to belong to this configuration.
      Files.writeString(FinishedRun.configuration(out), configuration.text());
      Outcome outcome = loop.run();
      say(GradientWatch.of(outcome.curve()).sentence());
      new TranslationReport(
              configuration, pairs.counts(), outcome, WeightsFile.read(folder.bestWeights()))
          .write(out);
    }
    return new TranslatorRun(out, configuration).export(id, out.resolve("package"));
  }

  private TranslationTask task(PreparedPairs pairs, PairEncoder encoder, NDManager manager) {
    return new TranslationTask(
        new TranslationNetwork(configuration.model().toShape(pairs.vocabulary())),
        pairs,
        configuration.plan(),
        encoder,
        manager);
  }

  private ProgressLines lines(TranslationTask task, ParallelTexts dev) {
    return new ProgressLines(
        progress,
        at ->
            "dev (%d, greedy)  %s"
                .formatted(
                    dev.size(), task.last().map(judged -> judged.bleu().toString()).orElse("")),
        at -> shown(task, dev));
  }

  private static List<String> shown(TranslationTask task, ParallelTexts dev) {
    List<String> written = task.last().map(TranslationTask.Judged::translations).orElse(List.of());
    return IntStream.range(0, Math.min(SHOWN, written.size()))
        .map(i -> i * dev.size() / SHOWN)
        .mapToObj(row -> dev.sources().get(row) + " -> " + written.get(row))
        .toList();
  }

  private void tell(PreparedPairs.Count set) {
    say(
        String.format(
            Locale.ROOT,
            "%s: %,d pairs of %,d%s%s",
            set.name(),
            set.used(),
            set.read(),
            set.lowerCased() == 0
                ? ""
                : String.format(Locale.ROOT, " and %,d in lower case", set.lowerCased()),
            set.tooLong() == 0
                ? ""
                : String.format(
                    Locale.ROOT,
                    "; %,d are longer than %d tokens and left out",
                    set.tooLong(),
                    configuration.maxTokens())));
  }

  private void say(String line) {
    progress.println(line);
    progress.flush();
  }
}
