package io.headwater.cli.offline;

import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentScore;
import io.headwater.runtime.config.Settings;
import io.headwater.scorer.task.Scoring.Scored;
import java.util.List;

/** What the command {@code score} computes, for tests of other packages. */
public final class OfflineScores {
  private OfflineScores() {}

  /** The probabilities of each message. */
  public static List<List<LabelProbability>> of(Settings settings, List<Message> messages) {
    try (OfflineScorer scorer = OfflineScorer.open(settings, true)) {
      return scorer.score(messages).stream()
          .map(scoring -> ((Scored<SentimentScore>) scoring).result().getProbabilities())
          .toList();
    }
  }
}
