package io.headwater.trainer.sentiment;

import ai.djl.ndarray.NDManager;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.config.InvalidConfigurationException;
import io.headwater.trainer.head.Quality;
import io.headwater.trainer.learning.ClassifierTraining;
import io.headwater.trainer.learning.FinishedRun;
import io.headwater.trainer.learning.GradientWatch;
import io.headwater.trainer.learning.Outcome;
import io.headwater.trainer.learning.ProgressLines;
import io.headwater.trainer.learning.RunFolder;
import io.headwater.trainer.learning.TrainingRows;
import io.headwater.trainer.learning.WeightsFile;
import io.headwater.trainer.network.TrainableClassifier;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.Weights;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The recipe of a sentiment model: configuration → texts → tokenizer → token rows → trained weights
 * → package and report. The same command goes on where an interrupted one stopped.
 */
public final class SentimentTrainer {
  private final Configuration configuration;
  private final Path out;
  private final PrintWriter progress;

  /**
   * A trainer; nothing is read yet.
   *
   * @param out where everything goes
   * @param progress where it tells how it goes
   */
  public SentimentTrainer(Configuration configuration, Path out, PrintWriter progress) {
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
    PreparedTexts texts = PreparedTexts.of(configuration, out, true, this::say);
    RunFolder folder = new RunFolder(out, configuration.settings());
    try (NDManager manager = Torch.newManager()) {
      TrainableClassifier network = Networks.of(configuration, texts.vocabulary(), out);
      texts.counts().forEach(this::tell);
      ClassifierTraining training = training(network, texts.rows(), folder, manager);
      // Not before the folder's checkpoint has turned out to belong to this configuration.
      Files.writeString(FinishedRun.configuration(out), configuration.text());
      Outcome outcome = training.run();
      Weights best = WeightsFile.read(folder.bestWeights());
      Map<String, Quality> tested =
          ClassifierTraining.measure(network, best, texts.tests(), manager);
      say(GradientWatch.of(outcome.curve()).sentence());
      tested.forEach((name, quality) -> say("test %s: %s", name, quality));
      new TrainingReport(configuration, texts.counts(), outcome, best, tested).write(out);
    }
    return new RunFiles(out).export(id, 1, out.resolve("package"));
  }

  /**
   * Trains until so many passes are done, and makes no package of it. A later call with the same
   * configuration goes on from there. Test sets are not read.
   *
   * @throws IOException as {@link #train}
   */
  public Outcome trainUntil(double passes) throws IOException {
    PreparedTexts texts = PreparedTexts.of(configuration, out, false, this::say);
    RunFolder folder = new RunFolder(out, configuration.settings());
    try (NDManager manager = Torch.newManager()) {
      TrainableClassifier network = Networks.of(configuration, texts.vocabulary(), out);
      return training(network, texts.rows(), folder, manager).run(passes);
    }
  }

  private ClassifierTraining training(
      TrainableClassifier network, TrainingRows rows, RunFolder folder, NDManager manager)
      throws IOException {
    return new ClassifierTraining(network, configuration.plan(), rows, folder, lines(), manager);
  }

  private ProgressLines lines() {
    return new ProgressLines(
        progress,
        at -> String.format(Locale.ROOT, "dev macro-recall %.4f", at.score()),
        at ->
            at.dev().entrySet().stream().map(set -> set.getKey() + ": " + set.getValue()).toList());
  }

  private void tell(TokenizedSets.Count set) {
    say(
        "%s: %,d texts%s%s",
        set.name(),
        set.rows(),
        set.twoWay() ? ", none neutral: tells negative from positive only" : "",
        set.cut() == 0
            ? ""
            : ", %,d of them longer than %d tokens: only their beginning is read"
                .formatted(set.cut(), configuration.maxTokens()));
  }

  private void say(String format, Object... values) {
    say(String.format(Locale.ROOT, format, values));
  }

  private void say(String line) {
    progress.println(line);
    progress.flush();
  }
}
