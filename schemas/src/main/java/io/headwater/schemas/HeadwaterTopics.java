package io.headwater.schemas;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ReplayedLetter;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import java.util.List;

/**
 * All topics of one river. Two rivers share a cluster by having different prefixes.
 *
 * @param prefix put before every name; empty for none
 */
public record HeadwaterTopics(String prefix) {
  /** Name of the sentiment task, and the last part of its topics' names. */
  public static final String SENTIMENT = "sentiment";

  /** Name of the translation task, and the last part of its topics' names. */
  public static final String TRANSLATION = "translation";

  /** The tasks that Headwater knows. */
  public static final List<String> TASKS = List.of(SENTIMENT, TRANSLATION);

  public HeadwaterTopics {
    requireNonNull(prefix, "prefix");
  }

  public Topic<Message> messages() {
    return new Topic<>(prefix + "messages", Message.class);
  }

  /** The token sequences of {@code task}. */
  public Topic<TokenSequence> tokens(String task) {
    return new Topic<>(prefix + "tokens." + task, TokenSequence.class);
  }

  public Topic<SentimentScore> sentimentScores() {
    return new Topic<>(prefix + "scores." + SENTIMENT, SentimentScore.class);
  }

  public Topic<Translation> translations() {
    return new Topic<>(prefix + "scores." + TRANSLATION, Translation.class);
  }

  public Topic<Insight> insights() {
    return new Topic<>(prefix + "insights", Insight.class);
  }

  public Topic<SentimentWindow> sentimentWindows() {
    return new Topic<>(prefix + "sentiment.windows", SentimentWindow.class);
  }

  public Topic<DeadLetter> deadLetters() {
    return new Topic<>(prefix + "dead-letters", DeadLetter.class);
  }

  public Topic<ModelAssignment> models() {
    return new Topic<>(prefix + "models", ModelAssignment.class);
  }

  /** Which dead letters have been replayed. No service needs it: only the command that replays. */
  public Topic<ReplayedLetter> replayedLetters() {
    return new Topic<>(prefix + "dead-letters.replayed", ReplayedLetter.class);
  }

  /** Those that keep the last record of each key, in one partition: they are small. */
  public List<Topic<?>> compacted() {
    return List.of(replayedLetters(), models());
  }

  /** Every topic, in the order of the flow. */
  public List<Topic<?>> all() {
    return List.of(
        messages(),
        tokens(SENTIMENT),
        tokens(TRANSLATION),
        sentimentScores(),
        translations(),
        insights(),
        sentimentWindows(),
        deadLetters(),
        replayedLetters(),
        models());
  }
}
