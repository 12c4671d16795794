package io.headwater.tokenizer.plan;

import io.headwater.avro.Message;
import io.headwater.avro.Origin;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.tokenizer.language.LanguageDetector;
import io.headwater.tokenizer.plan.Tokenization.Planned;
import io.headwater.tokenizer.plan.Tokenization.Refused;
import java.util.Optional;

/**
 * Turns a message into the token sequence of its first task: translation, or sentiment where there
 * is no translation. Not thread-safe.
 */
public final class MessagePlanner implements Planner<Message> {
  private final MessageReader reader;
  private final SentimentPlanner sentiment;
  private final Optional<TranslationPlanner> translation;

  /**
   * A planner.
   *
   * @param sentiment plans messages where there is no translation
   * @param translation plans all messages where there is
   * @param languages used for messages that name no language
   */
  public MessagePlanner(
      SentimentPlanner sentiment,
      Optional<TranslationPlanner> translation,
      LanguageDetector languages,
      PlannerLimits limits) {
    this.reader = new MessageReader(languages, limits);
    this.sentiment = sentiment;
    this.translation = translation;
  }

  /**
   * A planner for a sentiment model alone.
   *
   * @param model the package
   * @param tokenizer its tokenizer; the caller closes it
   * @param languages used for messages that name no language
   */
  public MessagePlanner(
      ModelPackage model,
      PackageTokenizer tokenizer,
      LanguageDetector languages,
      PlannerLimits limits) {
    this(new SentimentPlanner(model, tokenizer, limits), Optional.empty(), languages, limits);
  }

  @Override
  public Tokenization plan(Message message, Origin origin) {
    return plan(message, origin, SentimentChoice.serving(sentiment, Optional.empty())).live();
  }

  /**
   * Plans a message.
   *
   * @param choice the sentiment models for it, where it is not translated first
   */
  public Plans plan(Message message, Origin origin, SentimentChoice choice) {
    Optional<Refused> refusal = reader.refusal(message);
    if (refusal.isPresent()) {
      return Plans.only(refusal.get());
    }
    ReadMessage read = reader.read(message, origin);
    return translation
        .map(first -> Plans.only(new Planned(first.plan(read))))
        .orElseGet(() -> choice.plan(planner -> new Planned(planner.plan(read))));
  }

  /** The id of a message; made from its position where the producer gave none. */
  public static String idOf(Message message, Origin origin) {
    return message.getId().isBlank()
        ? "%s-%d-%d".formatted(origin.getTopic(), origin.getPartition(), origin.getOffset())
        : message.getId();
  }
}
