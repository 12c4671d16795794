package io.headwater.trainer.translator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.trainer.config.InvalidConfigurationException;
import io.headwater.trainer.config.RequiredFiles;
import io.headwater.trainer.config.TranslationConfiguration;
import io.headwater.trainer.learning.FinishedRun;
import io.headwater.trainer.translation.text.FittingPairs;
import io.headwater.trainer.translation.text.PairEncoder;
import io.headwater.trainer.translation.text.ParallelTexts;
import io.headwater.trainer.translation.text.PassPairs;
import io.headwater.trainer.translation.text.TokenPair;
import io.headwater.trainer.translation.vocabulary.LearnedTokenizer;
import io.headwater.trainer.translation.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The pairs that a configuration names, as token ids.
 *
 * @param vocabulary tokens of the tokenizer that made them
 * @param train to learn from, as the tokenizer cuts them
 * @param passes the same as each pass learns from them
 * @param dev to choose by
 * @param devTexts the same as texts
 * @param counts what became of the sets
 */
record PreparedPairs(
    int vocabulary,
    List<TokenPair> train,
    PassPairs passes,
    List<TokenPair> dev,
    ParallelTexts devTexts,
    List<Count> counts) {
  /**
   * What became of the texts of one purpose.
   *
   * @param name of the purpose
   * @param read pairs in the files
   * @param lowerCased pairs added with their sources in lower case
   * @param tooLong pairs left out, because a side has more tokens than the network has positions
   * @param used pairs that there are in the end
   */
  record Count(String name, int read, int lowerCased, int tooLong, int used) {}

  /** Needs pairs of both kinds. */
  PreparedPairs {
    train = List.copyOf(train);
    Objects.requireNonNull(passes, "passes");
    dev = List.copyOf(dev);
    Objects.requireNonNull(devTexts, "devTexts");
    counts = List.copyOf(counts);
  }

  /**
   * Reads the pairs, and learns or copies the tokenizer into {@code out/tokenizer.json}.
   *
   * @param tell hears of the vocabulary
   * @throws IOException if a file cannot be read or written
   * @throws InvalidConfigurationException if it names files that are not there
   * @throws IllegalArgumentException if a text file has bad lines
   */
  static PreparedPairs of(TranslationConfiguration configuration, Path out, Consumer<String> tell)
      throws IOException {
    requireFiles(configuration);
    ParallelTexts train = ParallelTexts.read(configuration.data().train());
    ParallelTexts allDev = ParallelTexts.read(configuration.data().dev());
    Files.createDirectories(out);
    Path tokenizer = FinishedRun.tokenizer(out);
    provideTokenizer(configuration, train, tokenizer, tell);
    int most = configuration.maxTokens();
    try (PairEncoder encoder = new PairEncoder(tokenizer)) {
      ParallelTexts lower = train.lowerCased(configuration.data().lowerCased());
      ParallelTexts all = train.and(lower);
      FittingPairs learned = FittingPairs.of(all, encoder.encode(all), most);
      ParallelTexts sample = allDev.sample(configuration.data().devRows());
      FittingPairs judged = FittingPairs.of(sample, encoder.encode(sample), most);
      requireSome("data.train", learned, most);
      requireSome("data.dev", judged, most);
      List<Count> counts =
          List.of(
              count("train", train.size(), lower.size(), learned),
              count("dev", allDev.size(), 0, judged));
      return new PreparedPairs(
          FinishedRun.vocabulary(tokenizer, most),
          learned.pairs(),
          PassPairs.of(learned, tokenizer, configuration.data().subwordDropout(), most),
          judged.pairs(),
          judged.texts(),
          counts);
    }
  }

  private static Count count(String name, int read, int lowerCased, FittingPairs used) {
    return new Count(name, read, lowerCased, used.tooLong(), used.pairs().size());
  }

  private static void requireSome(String key, FittingPairs set, int most) {
    if (set.pairs().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: no pair is left, %d are longer than model.maxTokens, %d"
              .formatted(key, set.tooLong(), most));
    }
  }

  private static void requireFiles(TranslationConfiguration configuration) {
    RequiredFiles files =
        new RequiredFiles()
            .all("data.train", configuration.data().train())
            .all("data.dev", configuration.data().dev());
    configuration
        .model()
        .encoder()
        .tokenizer()
        .ifPresent(file -> files.one("model.tokenizer", Path.of(file)));
    files.check();
  }

  private static void provideTokenizer(
      TranslationConfiguration configuration, ParallelTexts train, Path file, Consumer<String> tell)
      throws IOException {
    var model = configuration.model().encoder();
    if (model.tokenizer().isPresent()) {
      Path theirs = Path.of(model.tokenizer().get());
      requireSpecialTokens(theirs);
      Files.copy(theirs, file, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    List<String> texts = new ArrayList<>(train.sources());
    texts.addAll(train.targets());
    LearnedTokenizer.write(texts, model.vocabulary(), file, tell);
  }

  private static void requireSpecialTokens(Path tokenizer) throws IOException {
    List<String> found = new ArrayList<>();
    for (JsonNode token : new JsonMapper().readTree(tokenizer.toFile()).path("added_tokens")) {
      found.add(token.path("id").asInt(-1) + " " + token.path("content").asText());
    }
    for (int id = 0; id < Vocabulary.SPECIAL.size(); id++) {
      if (!found.contains(id + " " + Vocabulary.SPECIAL.get(id))) {
        throw new IllegalArgumentException(
            "model.tokenizer: %s has no special token %s of id %d; needed are the four of a"
                    .formatted(tokenizer, Vocabulary.SPECIAL.get(id), id)
                + " tokenizer.json that a translation was trained with here");
      }
    }
  }
}
