package io.headwater.trainer.sentiment;

import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.config.DataSettings;
import io.headwater.trainer.config.InvalidConfigurationException;
import io.headwater.trainer.config.PretrainedSettings;
import io.headwater.trainer.config.RequiredFiles;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.data.TokenizerPatch;
import io.headwater.trainer.learning.FinishedRun;
import io.headwater.trainer.learning.TokenRow;
import io.headwater.trainer.learning.TrainingRows;
import io.headwater.trainer.learning.TrainingRows.DevSet;
import io.headwater.trainer.translation.vocabulary.LearnedTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * The texts that a configuration names, as token rows.
 *
 * @param vocabulary tokens of the tokenizer that made them
 * @param rows to learn from and to choose by
 * @param tests only to report on
 * @param counts what became of each set
 */
public record PreparedTexts(
    int vocabulary, TrainingRows rows, List<DevSet> tests, List<TokenizedSets.Count> counts) {

  /** Copies the lists. */
  public PreparedTexts {
    tests = List.copyOf(tests);
    counts = List.copyOf(counts);
  }

  /**
   * Reads the texts, and learns or copies the tokenizer into {@code out/tokenizer.json}.
   *
   * @param withTests whether test sets are read
   * @param tell hears of the vocabulary
   * @throws IOException if a file cannot be read or written
   * @throws InvalidConfigurationException if it names files that are not there
   * @throws IllegalArgumentException if a text file has bad lines, or a patch is none
   */
  public static PreparedTexts of(
      Configuration configuration, Path out, boolean withTests, Consumer<String> tell)
      throws IOException {
    requireFiles(configuration);
    String prefix = Reading.of(configuration).textPrefix();
    DataSettings data = configuration.data();
    List<LabelledTexts> train = read(data.train(), data);
    List<LabelledTexts> dev = read(data.dev(), data);
    List<LabelledTexts> test = withTests ? read(data.test(), data) : List.of();
    Files.createDirectories(out);
    provideTokenizer(configuration, train, out, tell);
    try (TokenizedSets sets =
        new TokenizedSets(FinishedRun.tokenizer(out), configuration.maxTokens(), prefix)) {
      List<TokenRow> rows =
          train.stream()
              .map(set -> sets.of(set, data.balance()))
              .map(DevSet::rows)
              .flatMap(Collection::stream)
              .toList();
      TrainingRows read = new TrainingRows(rows, dev.stream().map(sets::of).toList());
      List<DevSet> tests = test.stream().map(sets::of).toList();
      return new PreparedTexts(sets.vocabularySize(), read, tests, sets.counts());
    }
  }

  private static List<LabelledTexts> read(List<Path> files, DataSettings data) throws IOException {
    List<LabelledTexts> sets = LabelledFile.read(files);
    return data.unescape() ? sets.stream().map(LabelledTexts::unescaped).toList() : sets;
  }

  private static void requireFiles(Configuration configuration) {
    RequiredFiles files =
        new RequiredFiles()
            .all("data.dev", configuration.data().dev())
            .all("data.test", configuration.data().test())
            .all("data.train", configuration.data().train());
    configuration
        .model()
        .flatMap(model -> model.tokenizer())
        .ifPresent(file -> files.one("model.tokenizer", Path.of(file)));
    configuration.pretrained().ifPresent(begun -> files.any("model.pretrained", begun.source()));
    configuration
        .pretrained()
        .flatMap(PretrainedSettings::tokenizerPatch)
        .ifPresent(patch -> files.one("model.tokenizerPatch", patch));
    files.check();
  }

  private static void provideTokenizer(
      Configuration configuration, List<LabelledTexts> train, Path out, Consumer<String> tell)
      throws IOException {
    Path file = FinishedRun.tokenizer(out);
    if (configuration.pretrained().isPresent()) {
      PretrainedSettings begun = configuration.pretrained().get();
      Path theirs = Networks.files(begun, out).tokenizer();
      if (begun.tokenizerPatch().isPresent()) {
        TokenizerPatch.write(theirs, begun.tokenizerPatch().get(), file);
      } else {
        Files.copy(theirs, file, StandardCopyOption.REPLACE_EXISTING);
      }
      return;
    }
    var model = configuration.model().orElseThrow();
    if (model.tokenizer().isPresent()) {
      Files.copy(Path.of(model.tokenizer().get()), file, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    List<String> texts = new ArrayList<>();
    train.forEach(set -> texts.addAll(set.texts()));
    LearnedTokenizer.write(texts, model.vocabulary(), file, tell);
  }
}
