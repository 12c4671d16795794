package io.headwater.scorer.sentiment;

import io.headwater.avro.LabelProbability;
import io.headwater.avro.Provenance;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import java.util.Comparator;
import java.util.List;

/** Writes results down. The same result gives the same bytes: no clock is read here. */
final class SentimentScores {
  private static final Provenance NOTHING_RAN = new Provenance("", "", "", "");

  private SentimentScores() {}

  static SentimentScore scored(
      TokenSequence sequence, LoadedModel model, List<LabelProbability> probabilities) {
    SentimentScore score = described(sequence);
    score.setProvenance(model.provenance());
    score.setProbabilities(probabilities);
    score.setLabel(
        probabilities.stream()
            .max(Comparator.comparingDouble(LabelProbability::getProbability))
            .map(LabelProbability::getLabel)
            .orElseThrow());
    return score;
  }

  static SentimentScore skipped(TokenSequence sequence) {
    SentimentScore score = described(sequence);
    score.setProvenance(NOTHING_RAN);
    score.setLabel("");
    score.setProbabilities(List.of());
    score.setSkipReason(sequence.getSkipReason());
    return score;
  }

  private static SentimentScore described(TokenSequence sequence) {
    SentimentScore score = new SentimentScore();
    score.setMessageId(sequence.getMessageId());
    score.setOrigin(sequence.getOrigin());
    score.setModel(sequence.getModel());
    score.setLanguage(sequence.getLanguage());
    score.setTextSource(sequence.getTextSource());
    score.setSegmentCount(sequence.getSegments().size());
    score.setTokenCount(sequence.getTokenCount());
    score.setPlannedTasks(sequence.getPlannedTasks());
    score.setSentAt(sequence.getSentAt());
    return score;
  }
}
