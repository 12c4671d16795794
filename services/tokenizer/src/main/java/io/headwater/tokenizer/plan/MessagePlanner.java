package io.headwater.tokenizer.plan;

import io.headwater.avro.Message;
import io.headwater.avro.Origin;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.tokenizer.language.LanguageDetector;
import io.headwater.tokenizer.plan.Tokenization.Planned;
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
    Optional<Tokenization> refused = reader.refusal(message).map(refusal -> refusal);
    return refused.orElseGet(
        () -> {
          ReadMessage read = reader.read(message, origin);
          return new Planned(
              translation.map(first -> first.plan(read)).orElseGet(() -> sentiment.plan(read)));
        });
  }

  /** The id of a message; made from its position where the producer gave none. */
  public static String idOf(Message message, Origin origin) {
    return message.getId().isBlank()
        ? "%s-%d-%d".formatted(origin.getTopic(), origin.getPartition(), origin.getOffset())
        : message.getId();
  }
}
