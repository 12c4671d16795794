package io.headwater.scorer.sentiment;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.SentimentScore;
import io.headwater.schemas.DeadLetterCause;

/** What became of one token sequence. */
public sealed interface Scoring {
  /** It has a score. */
  record Scored(SentimentScore score) implements Scoring {
    public Scored {
      requireNonNull(score, "score");
    }
  }

  /**
   * It cannot be scored; its neighbours were.
   *
   * @param cause the fixed word
   * @param detail a sentence for people
   */
  record Failed(DeadLetterCause cause, String detail) implements Scoring {
    public Failed {
      requireNonNull(cause, "cause");
      requireNonNull(detail, "detail");
    }
  }
}
