package io.headwater.cli.offline;

import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentScore;
import io.headwater.cli.CommandFailure;
import io.headwater.models.LanguagePair;
import io.headwater.models.ModelPackage;
import io.headwater.runtime.config.Settings;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.scorer.task.Scoring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A package on the texts that it carries, with what they should give: the same way through
 * tokenizer and scorer that messages take.
 */
public final class GoldenRun {
  /** The file in a package's folder. */
  public static final String FILE = "golden.tsv";

  private static final int SHOWN = 3;

  private GoldenRun() {}

  /**
   * What came of it.
   *
   * @param passed whether the package may be trusted to be the one its author meant
   * @param line what was found, in words
   */
  public record Outcome(boolean passed, String line) {}

  /**
   * Runs a package, which lies in a catalog's folder.
   *
   * @param settings of the services
   * @return empty where it carries no golden file
   * @throws CommandFailure when the file cannot be used
   */
  public static Optional<Outcome> of(ModelPackage model, Settings settings) {
    Path file = model.folder().resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      GoldenFile golden = GoldenFile.read(file);
      return Optional.of(
          model.task().equals(HeadwaterTopics.TRANSLATION)
              ? translation(model, settings, golden)
              : sentiment(model, settings, golden));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Outcome sentiment(ModelPackage model, Settings settings, GoldenFile golden) {
    double tolerance = golden.number("tolerance", 0.02);
    String language =
        golden
            .word("language")
            .orElseGet(() -> model.languages().stream().sorted().findFirst().orElse("en"));
    List<Message> messages =
        golden.rows(3).stream().map(row -> message(row.get(2), language)).toList();
    List<String> misfits = new ArrayList<>();
    try (OfflineScorer scorer = OfflineScorer.of(model, settings)) {
      List<Scoring<SentimentScore>> scorings = scorer.score(messages);
      for (int i = 0; i < scorings.size(); i++) {
        misfit(golden.rows(3).get(i), scorings.get(i), tolerance).ifPresent(misfits::add);
      }
    }
    return new Outcome(
        misfits.isEmpty(),
        misfits.isEmpty()
            ? String.format(
                Locale.ROOT,
                "%d texts, each with its label and its probability to %.3f",
                messages.size(),
                tolerance)
            : "%d of %d texts differ: %s"
                .formatted(
                    misfits.size(),
                    messages.size(),
                    String.join("; ", misfits.subList(0, Math.min(SHOWN, misfits.size())))));
  }

  private static Optional<String> misfit(
      List<String> row, Scoring<SentimentScore> scoring, double tolerance) {
    if (scoring instanceof Scoring.Failed<SentimentScore> failed) {
      return Optional.of("\"%s\" cannot be scored: %s".formatted(row.get(2), failed.detail()));
    }
    SentimentScore score = ((Scoring.Scored<SentimentScore>) scoring).result();
    double wanted = GoldenFile.number(row.get(1));
    double found =
        score.getProbabilities().stream()
            .filter(each -> each.getLabel().equals(row.get(0)))
            .mapToDouble(LabelProbability::getProbability)
            .findFirst()
            .orElse(0);
    return score.getLabel().equals(row.get(0)) && Math.abs(found - wanted) <= tolerance
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "\"%s\" is %s, and %s has %.3f, not %.3f",
                row.get(2),
                score.getLabel(),
                row.get(0),
                found,
                wanted));
  }

  private static Outcome translation(ModelPackage model, Settings settings, GoldenFile golden) {
    double least = golden.number("chrf", 0);
    LanguagePair pair =
        new LanguagePair(
            golden.word("from").orElseThrow(() -> golden.lacks("from")),
            golden.word("to").orElseThrow(() -> golden.lacks("to")));
    List<List<String>> rows = golden.rows(2);
    SentencePairs pairs =
        new SentencePairs(
            rows.stream().map(row -> row.get(0)).toList(),
            rows.stream().map(row -> row.get(1)).toList(),
            List.of());
    TranslationEvaluation evaluation = new TranslationEvaluation();
    try (OfflineTranslator translator = OfflineTranslator.of(model, settings, pair, evaluation)) {
      double chrf = evaluation.measure(translator, pairs).chrf().score();
      return new Outcome(
          chrf >= least,
          String.format(
              Locale.ROOT,
              "%d texts, chrF2 %.1f; at least %.1f is asked for",
              rows.size(),
              chrf,
              least));
    }
  }

  private static Message message(String text, String language) {
    Message message = new Message();
    message.setId("");
    message.setText(text);
    message.setLanguage(language);
    message.setSource("golden");
    message.setAttributes(Map.of());
    message.setTasks(List.of(HeadwaterTopics.SENTIMENT));
    return message;
  }
}
