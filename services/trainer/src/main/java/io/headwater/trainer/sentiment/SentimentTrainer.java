package io.headwater.trainer.sentiment;

import ai.djl.ndarray.NDManager;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.config.InvalidConfigurationException;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.head.Quality;
import io.headwater.trainer.learning.ClassifierTraining;
import io.headwater.trainer.learning.Outcome;
import io.headwater.trainer.learning.RunFolder;
import io.headwater.trainer.learning.TokenRow;
import io.headwater.trainer.learning.TrainingRows;
import io.headwater.trainer.learning.TrainingRows.DevSet;
import io.headwater.trainer.learning.WeightsFile;
import io.headwater.trainer.network.TrainableClassifier;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.Weights;
import io.headwater.trainer.translation.vocabulary.BytePairLearner;
import io.headwater.trainer.translation.vocabulary.TokenizerFileWriter;
import io.headwater.trainer.translation.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
    requireFiles();
    List<LabelledTexts> train = LabelledFile.read(configuration.data().train());
    List<LabelledTexts> dev = LabelledFile.read(configuration.data().dev());
    List<LabelledTexts> test = LabelledFile.read(configuration.data().test());
    Files.createDirectories(out);
    Path tokenizer = out.resolve(RunFiles.TOKENIZER);
    provideTokenizer(train, tokenizer);
    RunFolder folder = new RunFolder(out, configuration.settings());
    try (TokenizedSets sets = new TokenizedSets(tokenizer, configuration.maxTokens());
        NDManager manager = Torch.newManager()) {
      TrainableClassifier network = Networks.of(configuration, sets.vocabularySize(), out);
      List<TokenRow> rows =
          train.stream().map(sets::of).map(DevSet::rows).flatMap(Collection::stream).toList();
      List<DevSet> judges = dev.stream().map(sets::of).toList();
      List<DevSet> tests = test.stream().map(sets::of).toList();
      sets.counts().forEach(this::tell);
      ClassifierTraining training =
          training(network, new TrainingRows(rows, judges), folder, manager);
      // Not before the folder's checkpoint has turned out to belong to this configuration.
      Files.writeString(out.resolve(RunFiles.CONFIGURATION), configuration.text());
      Outcome outcome = training.run();
      Weights best = WeightsFile.read(folder.bestWeights());
      Map<String, Quality> tested = ClassifierTraining.measure(network, best, tests, manager);
      tested.forEach((name, quality) -> say("test %s: %s", name, quality));
      new TrainingReport(configuration, sets.counts(), outcome, best, tested).write(out);
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
    requireFiles();
    List<LabelledTexts> train = LabelledFile.read(configuration.data().train());
    List<LabelledTexts> dev = LabelledFile.read(configuration.data().dev());
    Files.createDirectories(out);
    Path tokenizer = out.resolve(RunFiles.TOKENIZER);
    provideTokenizer(train, tokenizer);
    RunFolder folder = new RunFolder(out, configuration.settings());
    try (TokenizedSets sets = new TokenizedSets(tokenizer, configuration.maxTokens());
        NDManager manager = Torch.newManager()) {
      TrainableClassifier network = Networks.of(configuration, sets.vocabularySize(), out);
      List<TokenRow> rows =
          train.stream().map(sets::of).map(DevSet::rows).flatMap(Collection::stream).toList();
      TrainingRows read = new TrainingRows(rows, dev.stream().map(sets::of).toList());
      return training(network, read, folder, manager).run(passes);
    }
  }

  private ClassifierTraining training(
      TrainableClassifier network, TrainingRows rows, RunFolder folder, NDManager manager)
      throws IOException {
    return new ClassifierTraining(
        network, configuration.plan(), rows, folder, new ProgressLines(progress), manager);
  }

  private void requireFiles() {
    List<String> faults = new ArrayList<>();
    Map<String, List<Path>> all =
        Map.of(
            "data.train", configuration.data().train(),
            "data.dev", configuration.data().dev(),
            "data.test", configuration.data().test());
    for (String key : all.keySet().stream().sorted().toList()) {
      List<Path> files = all.getOrDefault(key, List.of());
      for (int i = 0; i < files.size(); i++) {
        require(key + "[" + i + "]", files.get(i), faults);
      }
    }
    configuration
        .model()
        .flatMap(model -> model.tokenizer())
        .ifPresent(file -> require("model.tokenizer", Path.of(file), faults));
    configuration
        .pretrained()
        .filter(begun -> !Files.exists(begun.source()))
        .ifPresent(begun -> faults.add("model.pretrained: there is no " + begun.source()));
    if (!faults.isEmpty()) {
      throw new InvalidConfigurationException(faults);
    }
  }

  private static void require(String key, Path file, List<String> faults) {
    if (!Files.isRegularFile(file)) {
      faults.add(key + ": there is no file " + file);
    }
  }

  private void provideTokenizer(List<LabelledTexts> train, Path file) throws IOException {
    if (configuration.pretrained().isPresent()) {
      Path theirs = Networks.files(configuration.pretrained().get(), out).tokenizer();
      Files.copy(theirs, file, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    var model = configuration.model().orElseThrow();
    if (model.tokenizer().isPresent()) {
      Files.copy(Path.of(model.tokenizer().get()), file, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    List<String> texts = new ArrayList<>();
    train.forEach(set -> texts.addAll(set.texts()));
    Vocabulary vocabulary = BytePairLearner.learn(texts, model.vocabulary());
    TokenizerFileWriter.write(vocabulary, file);
    say("a vocabulary of %,d tokens from %,d texts", vocabulary.size(), texts.size());
    if (vocabulary.size() < model.vocabulary()) {
      say("model.vocabulary asks for %,d: the texts have no more", model.vocabulary());
    }
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
    progress.println(String.format(Locale.ROOT, format, values));
    progress.flush();
  }
}
