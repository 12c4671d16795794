package io.headwater.tokenizer.plan;

import io.headwater.avro.Message;
import io.headwater.avro.Origin;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.tokenizer.language.LanguageDetector;
import io.headwater.tokenizer.plan.Tokenization.Refused;
import io.headwater.tokenizer.text.NormalizedText;
import io.headwater.tokenizer.text.TextNormalizer;
import java.util.List;
import java.util.Optional;

/**
 * Looks whether a message can be processed, normalises its text and finds its language. Not
 * thread-safe (its language detector is not).
 */
final class MessageReader {
  private final LanguageDetector languages;
  private final PlannerLimits limits;
  private final TextNormalizer normalizer = new TextNormalizer();

  MessageReader(LanguageDetector languages, PlannerLimits limits) {
    this.languages = languages;
    this.limits = limits;
  }

  /** Why a message cannot be processed; empty when it can. */
  Optional<Refused> refusal(Message message) {
    if (limits.isTooLong(message.getText())) {
      return Optional.of(
          new Refused(
              DeadLetterCause.TEXT_TOO_LONG,
              "The text has more than %d bytes of UTF-8".formatted(limits.maxTextBytes())));
    }
    if (!HeadwaterTopics.TASKS.containsAll(asked(message))) {
      return Optional.of(
          new Refused(
              DeadLetterCause.UNKNOWN_TASK,
              "The message asks for an unknown task; known are " + HeadwaterTopics.TASKS));
    }
    return Optional.empty();
  }

  /** A message that can be processed. */
  ReadMessage read(Message message, Origin origin) {
    NormalizedText text = normalizer.normalize(message.getText());
    Optional<String> named = Languages.primary(message.getLanguage());
    Envelope envelope =
        new Envelope(
            MessagePlanner.idOf(message, origin),
            origin,
            named.orElseGet(() -> languages.detect(text.text())),
            named.isEmpty(),
            message.getExplain() || limits.isSampled(origin.getOffset()),
            message.getSentAt(),
            asked(message));
    return new ReadMessage(envelope, message.getText(), text, message.getTargetLanguage());
  }

  private static List<String> asked(Message message) {
    return message.getTasks() == null ? HeadwaterTopics.TASKS : message.getTasks();
  }
}
