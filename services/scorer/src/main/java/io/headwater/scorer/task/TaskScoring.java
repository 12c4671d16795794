package io.headwater.scorer.task;

import io.headwater.avro.TokenSequence;
import java.util.List;

/**
 * A task without Kafka: makes results of token sequences. One bad sequence never harms its
 * neighbours, and the same sequence gives the same result. Owned by one thread.
 *
 * @param <S> what a sequence becomes, for example a score
 */
@FunctionalInterface
public interface TaskScoring<S> {
  /**
   * Does all; the answer at an index belongs to the sequence at that index.
   *
   * @param pulse called now and then between two pieces of the work; what it throws ends the work
   *     and comes out of here as it is
   */
  List<Scoring<S>> score(List<TokenSequence> sequences, Runnable pulse);

  /** Does all, and nobody waits for a sign of life. */
  default List<Scoring<S>> score(List<TokenSequence> sequences) {
    return score(sequences, () -> {});
  }
}
