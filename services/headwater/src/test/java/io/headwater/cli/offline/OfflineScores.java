package io.headwater.cli.offline;

import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.Translation;
import io.headwater.runtime.config.Settings;
import io.headwater.scorer.task.Scoring.Scored;
import io.headwater.scorer.translation.TranslationObserver;
import java.util.List;
import java.util.Optional;

/** What the command {@code score} computes, for tests of other packages. */
public final class OfflineScores {
  private OfflineScores() {}

  /** The translation of each text. */
  public static List<Translation> translations(Settings settings, List<String> texts) {
    try (OfflineTranslator translator =
        OfflineTranslator.open(
            settings, Optional.empty(), Optional.empty(), TranslationObserver.NONE)) {
      return translator.translate(texts).stream()
          .map(scoring -> ((Scored<Translation>) scoring).result())
          .toList();
    }
  }

  /** The probabilities of each message. */
  public static List<List<LabelProbability>> of(Settings settings, List<Message> messages) {
    try (OfflineScorer scorer = OfflineScorer.open(settings, true)) {
      return scorer.score(messages).stream()
          .map(scoring -> ((Scored<SentimentScore>) scoring).result().getProbabilities())
          .toList();
    }
  }
}
