package io.headwater.scorer.task;

import io.headwater.avro.Explanation;
import io.headwater.avro.TokenSequence;
import java.util.List;
import java.util.Optional;

/**
 * Explains results of a task. Owned by one thread.
 *
 * @param <S> the task's result
 */
@FunctionalInterface
public interface Explaining<S> {
  /**
   * Why a sequence got its result.
   *
   * @param pulse called between two pieces of the work; what it throws comes out of here as it is
   * @return empty when no explanation was asked for, or there is nothing to explain
   */
  Optional<Explanation> explain(TokenSequence sequence, S result, Runnable pulse);

  /** An explanation turned into one that says why there is none. */
  static Explanation missing(Explanation explanation, String reason) {
    explanation.setSegments(List.of());
    explanation.setMissingReason(reason);
    return explanation;
  }

  /** For tasks whose results bring their own explanation with them, or have none. */
  static <S> Explaining<S> nothing() {
    return (sequence, result, pulse) -> Optional.empty();
  }
}
