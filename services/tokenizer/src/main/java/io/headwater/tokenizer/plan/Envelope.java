package io.headwater.tokenizer.plan;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.TextSource;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.models.ModelId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every record of a message says besides its text.
 *
 * @param messageId id of the message
 * @param origin its record
 * @param language BCP 47, or {@code und}
 * @param detected whether the language was detected
 * @param explain whether explanations are asked for
 * @param sentAt when it was sent
 * @param asked tasks that the message asks for
 */
record Envelope(
    String messageId,
    Origin origin,
    String language,
    boolean detected,
    boolean explain,
    @Nullable Instant sentAt,
    List<String> asked) {
  Envelope {
    requireNonNull(messageId, "messageId");
    requireNonNull(origin, "origin");
    requireNonNull(language, "language");
    asked = List.copyOf(asked);
  }

  /** What a translation says of its message. */
  static Envelope of(Translation translation) {
    return new Envelope(
        translation.getMessageId(),
        translation.getOrigin(),
        Languages.ours(translation.getSourceLanguage()),
        translation.getLanguageDetected(),
        translation.getExplain(),
        translation.getSentAt(),
        translation.getAskedTasks());
  }

  boolean asksFor(String task) {
    return asked.contains(task);
  }

  /**
   * A sequence for a task's model, without tokens yet.
   *
   * @param tokenizerDigest SHA-256 of the model's tokenizer, in hex
   * @param planned all tasks of the message, in the order they are done
   */
  @SuppressWarnings("NullAway") // generated setters take null for optional fields
  TokenSequence sequence(String task, ModelId model, String tokenizerDigest, List<String> planned) {
    TokenSequence sequence = new TokenSequence();
    sequence.setMessageId(messageId);
    sequence.setOrigin(origin);
    sequence.setTask(task);
    sequence.setModel(new ModelRef(model.id(), model.version()));
    sequence.setTokenizerDigest(tokenizerDigest);
    sequence.setLanguage(language);
    sequence.setLanguageDetected(detected);
    sequence.setTextSource(TextSource.ORIGINAL);
    sequence.setPlannedTasks(planned);
    sequence.setAskedTasks(asked);
    sequence.setExplain(explain);
    sequence.setSentAt(sentAt);
    sequence.setTokenCount(0);
    sequence.setSegments(List.of());
    return sequence;
  }
}
