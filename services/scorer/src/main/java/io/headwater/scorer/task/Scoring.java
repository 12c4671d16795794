package io.headwater.scorer.task;

import static java.util.Objects.requireNonNull;

import io.headwater.schemas.DeadLetterCause;

/**
 * What became of one token sequence.
 *
 * @param <S> the task's result
 */
public sealed interface Scoring<S> {
  /** It has a result. */
  record Scored<S>(S result) implements Scoring<S> {
    public Scored {
      requireNonNull(result, "result");
    }
  }

  /**
   * It cannot be scored; its neighbours were.
   *
   * @param cause the fixed word
   * @param detail a sentence for people
   */
  record Failed<S>(DeadLetterCause cause, String detail) implements Scoring<S> {
    public Failed {
      requireNonNull(cause, "cause");
      requireNonNull(detail, "detail");
    }
  }
}
