package io.headwater.tokenizer.plan;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.TokenSequence;
import io.headwater.schemas.DeadLetterCause;

/** What became of one record. */
public sealed interface Tokenization {
  /**
   * The message goes on.
   *
   * @param sequence for its next task; says why, where that is not done
   */
  record Planned(TokenSequence sequence) implements Tokenization {
    public Planned {
      requireNonNull(sequence, "sequence");
    }
  }

  /**
   * The record cannot be processed.
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
