package io.headwater.scorer;

import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.schemas.HeadwaterHeaders;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.Topic;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * A task as the river knows it: what is read, what is written, and what is counted of it.
 *
 * @param <S> the task's result
 * @param name of the task, in settings, group, threads and metrics
 * @param stage in dead letters
 * @param tokens what is read
 * @param results what is written
 * @param stamp header with the time a result was made, in milliseconds since the epoch, as digits
 * @param counted what is counted of a result
 */
record ScorerTask<S extends SpecificRecord>(
    String name,
    String stage,
    Topic<TokenSequence> tokens,
    Topic<S> results,
    String stamp,
    Function<S, Counted> counted) {
  /**
   * What is counted of a result.
   *
   * @param label the label, or what else became of it, in one of a few words
   * @param sentAt when the message was sent, as its producer says
   */
  record Counted(String label, Optional<Instant> sentAt) {}

  static ScorerTask<SentimentScore> sentiment(HeadwaterTopics topics) {
    return sentiment(
        HeadwaterTopics.SENTIMENT,
        ScorerService.NAME,
        topics.tokens(HeadwaterTopics.SENTIMENT),
        topics.sentimentScores());
  }

  /** Sentiment by the other model of a trial: beside what becomes insights. */
  static ScorerTask<SentimentScore> shadow(HeadwaterTopics topics) {
    return sentiment(
        HeadwaterTopics.SENTIMENT_SHADOW,
        ScorerService.NAME + ".shadow",
        topics.shadowTokens(),
        topics.shadowScores());
  }

  private static ScorerTask<SentimentScore> sentiment(
      String name, String stage, Topic<TokenSequence> tokens, Topic<SentimentScore> scores) {
    return new ScorerTask<>(
        name,
        stage,
        tokens,
        scores,
        HeadwaterHeaders.SCORED_AT,
        score ->
            new Counted(
                score.getSkipReason() == null ? score.getLabel() : "skipped",
                Optional.ofNullable(score.getSentAt())));
  }

  static ScorerTask<Translation> translation(HeadwaterTopics topics) {
    return new ScorerTask<>(
        HeadwaterTopics.TRANSLATION,
        ScorerService.NAME,
        topics.tokens(HeadwaterTopics.TRANSLATION),
        topics.translations(),
        HeadwaterHeaders.TRANSLATED_AT,
        translation ->
            new Counted(outcome(translation), Optional.ofNullable(translation.getSentAt())));
  }

  private static String outcome(Translation translation) {
    if (translation.getSkipReason() != null) {
      return "skipped";
    }
    return translation.getPassedThrough() ? "passed-through" : "translated";
  }
}
