package io.headwater.schemas;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Explanation;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelStatus;
import io.headwater.avro.ReplayPlan;
import io.headwater.avro.ReplayedLetter;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import java.util.ArrayList;
import java.util.List;

/**
 * All topics of one river. Two rivers share a cluster by having different prefixes, and a source by
 * naming the same topic of messages.
 *
 * @param prefix put before every name; empty for none
 * @param messagesName whole name of the topic that the messages are read from
 */
public record HeadwaterTopics(String prefix, String messagesName) {
  /** Name of the sentiment task, and the last part of its topics' names. */
  public static final String SENTIMENT = "sentiment";

  /** Name of the translation task, and the last part of its topics' names. */
  public static final String TRANSLATION = "translation";

  /**
   * The work beside sentiment for the other model of a trial: no task that a message can ask for.
   */
  public static final String SENTIMENT_SHADOW = SENTIMENT + ".shadow";

  /** The tasks that Headwater knows. */
  public static final List<String> TASKS = List.of(SENTIMENT, TRANSLATION);

  public HeadwaterTopics {
    requireNonNull(prefix, "prefix");
    requireNonNull(messagesName, "messagesName");
  }

  /** A river with messages of its own. Programs with settings use {@link #of}. */
  public HeadwaterTopics(String prefix) {
    this(prefix, prefix + "messages");
  }

  /**
   * The topics as settings name them.
   *
   * @param prefix put before every name; empty for none
   * @param messagesName whole name of another topic to read messages from; empty for the river's
   *     own
   */
  public static HeadwaterTopics of(String prefix, String messagesName) {
    return messagesName.isBlank()
        ? new HeadwaterTopics(prefix)
        : new HeadwaterTopics(prefix, messagesName);
  }

  public Topic<Message> messages() {
    return new Topic<>(messagesName, Message.class);
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

  /** Why messages got their labels, for those that asked. */
  public Topic<Explanation> explanations() {
    return new Topic<>(prefix + "explanations", Explanation.class);
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

  /** What each instance has ready of the models. */
  public Topic<ModelStatus> modelStatus() {
    return new Topic<>(prefix + "models.status", ModelStatus.class);
  }

  /** Token sequences for the other model of a trial: beside those that become insights. */
  public Topic<TokenSequence> shadowTokens() {
    return new Topic<>(prefix + "tokens." + SENTIMENT_SHADOW, TokenSequence.class);
  }

  /** What the other model of a trial made of them. */
  public Topic<SentimentScore> shadowScores() {
    return new Topic<>(prefix + "scores." + SENTIMENT_SHADOW, SentimentScore.class);
  }

  /** Which dead letters have been replayed. No service needs it: only the command that replays. */
  public Topic<ReplayedLetter> replayedLetters() {
    return new Topic<>(prefix + "dead-letters.replayed", ReplayedLetter.class);
  }

  /** The plans of replays of this river. No service needs it. */
  public Topic<ReplayPlan> replays() {
    return new Topic<>(prefix + "replays", ReplayPlan.class);
  }

  /** What the services write while a candidate is tried. A replay has no part in it. */
  public List<Topic<?>> trials() {
    return List.of(shadowTokens(), shadowScores());
  }

  /** What a service needs that follows which models serve. */
  public List<Topic<?>> assignments() {
    return List.of(models(), modelStatus());
  }

  /** What the services write, in the order of the flow. */
  public List<Topic<?>> results() {
    return List.of(
        tokens(SENTIMENT),
        tokens(TRANSLATION),
        sentimentScores(),
        translations(),
        explanations(),
        insights(),
        sentimentWindows(),
        deadLetters());
  }

  /** The topics with one partition, of which Kafka keeps the latest record of each key. */
  public List<Topic<?>> compacted() {
    return List.of(replayedLetters(), models(), modelStatus(), replays());
  }

  /** Every topic, in the order of the flow. */
  public List<Topic<?>> all() {
    List<Topic<?>> all = new ArrayList<>();
    all.add(messages());
    all.addAll(results());
    all.addAll(trials());
    all.addAll(compacted());
    return List.copyOf(all);
  }
}
