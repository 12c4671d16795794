package io.headwater.aggregator.join;

import static java.util.Objects.requireNonNull;

import io.headwater.aggregator.path.InsightPath;
import io.headwater.aggregator.path.TaskSteps;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.Origin;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SkippedTask;
import io.headwater.avro.Translation;
import io.headwater.schemas.HeadwaterTopics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has arrived so far of one message and its results, in any order.
 *
 * @param since stream time at which the first part arrived, in milliseconds since the epoch
 */
public record Pending(
    long since,
    Optional<ArrivedMessage> message,
    Optional<SentimentScore> sentiment,
    Optional<Translation> translation,
    Steps steps) {
  /** Language of a text whose language nobody names. */
  private static final String UNDETERMINED = "und";

  public Pending {
    requireNonNull(message, "message");
    requireNonNull(sentiment, "sentiment");
    requireNonNull(translation, "translation");
    requireNonNull(steps, "steps");
  }

  /** When and where the results that are there were made; empty also where that is not known. */
  public record Steps(Optional<TaskSteps> sentiment, Optional<TaskSteps> translation) {
    /** None yet. */
    public static final Steps NONE = new Steps(Optional.empty(), Optional.empty());

    public Steps {
      requireNonNull(sentiment, "sentiment");
      requireNonNull(translation, "translation");
    }
  }

  /** Nothing yet. */
  public static Pending since(long streamTime) {
    return new Pending(
        streamTime, Optional.empty(), Optional.empty(), Optional.empty(), Steps.NONE);
  }

  public Pending with(ArrivedMessage arrived) {
    return new Pending(since, Optional.of(arrived), sentiment, translation, steps);
  }

  public Pending with(SentimentScore arrived, TaskSteps made) {
    return new Pending(
        since,
        message,
        Optional.of(arrived),
        translation,
        new Steps(Optional.of(made), steps.translation()));
  }

  /** Without the original text, which was for the stage in between: the message has it too. */
  @SuppressWarnings("NullAway") // generated setters take null for optional fields
  public Pending with(Translation arrived, TaskSteps made) {
    Translation kept =
        arrived.getSourceText() == null ? arrived : Translation.newBuilder(arrived).build();
    kept.setSourceText(null);
    return new Pending(
        since,
        message,
        sentiment,
        Optional.of(kept),
        new Steps(steps.sentiment(), Optional.of(made)));
  }

  /**
   * Whether the message is there and every result that was planned for it. A planned task that this
   * version does not know has no place in an insight and is not waited for.
   */
  public boolean isComplete() {
    if (message.isEmpty() || (sentiment.isEmpty() && translation.isEmpty())) {
      return false;
    }
    Set<String> planned = new HashSet<>();
    sentiment.ifPresent(score -> planned.addAll(score.getPlannedTasks()));
    translation.ifPresent(result -> planned.addAll(result.getPlannedTasks()));
    return (!planned.contains(HeadwaterTopics.SENTIMENT) || sentiment.isPresent())
        && (!planned.contains(HeadwaterTopics.TRANSLATION) || translation.isPresent());
  }

  /**
   * The insight. A result that says why its task was skipped is not one of its results: it becomes
   * a reason.
   *
   * @throws IllegalStateException when it is not complete
   */
  @SuppressWarnings("NullAway") // the generated constructor takes null for an absent result
  public Insight insight(Origin origin) {
    if (!isComplete()) {
      throw new IllegalStateException("Parts of the insight are missing");
    }
    Message sent = message.orElseThrow().message();
    return new Insight(
        nameOf(sent, origin),
        origin,
        sent,
        language(sent),
        sentiment.filter(score -> score.getSkipReason() == null).orElse(null),
        translation.filter(text -> text.getSkipReason() == null).orElse(null),
        skipped());
  }

  /**
   * The message's way to its insight.
   *
   * @param joinedAt when that is made, in milliseconds since the epoch
   */
  public InsightPath path(long joinedAt) {
    return new InsightPath(steps.translation(), steps.sentiment(), joinedAt);
  }

  /** Tasks that were not done, in the order in which they would have been. */
  private List<SkippedTask> skipped() {
    List<SkippedTask> skipped = new ArrayList<>();
    translation
        .map(Translation::getSkipReason)
        .ifPresent(reason -> skipped.add(new SkippedTask(HeadwaterTopics.TRANSLATION, reason)));
    sentiment
        .map(SentimentScore::getSkipReason)
        .ifPresent(reason -> skipped.add(new SkippedTask(HeadwaterTopics.SENTIMENT, reason)));
    return skipped;
  }

  private String language(Message sent) {
    return sentiment
        .map(SentimentScore::getLanguage)
        .or(() -> translation.map(Translation::getSourceLanguage))
        .or(() -> Optional.ofNullable(sent.getLanguage()))
        .orElse(UNDETERMINED);
  }

  private static String nameOf(Message sent, Origin origin) {
    return sent.getId().isEmpty()
        ? origin.getTopic() + "-" + origin.getPartition() + "-" + origin.getOffset()
        : sent.getId();
  }
}
