package io.headwater.tokenizer.plan;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.TokenSequence;
import io.headwater.schemas.DeadLetterCause;
import java.util.List;

/** What became of one message. */
public sealed interface Tokenization {
  /**
   * The message goes on.
   *
   * @param sequences one for each task's topic, at least one
   */
  record Planned(List<TokenSequence> sequences) implements Tokenization {
    public Planned {
      sequences = List.copyOf(sequences);
    }
  }

  /**
   * The message cannot be processed.
   *
   * @param cause the fixed word
   * @param detail a sentence for people, without any text of the message
   */
  record Refused(DeadLetterCause cause, String detail) implements Tokenization {
    public Refused {
      requireNonNull(cause, "cause");
      requireNonNull(detail, "detail");
    }
  }
}
