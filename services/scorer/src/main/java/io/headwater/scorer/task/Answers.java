package io.headwater.scorer.task;

import io.headwater.schemas.DeadLetterCause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers to a unit's sequences while they are being found, in any order.
 *
 * @param <S> the task's result
 */
public final class Answers<S> {
  private final int size;
  private final Map<Integer, Scoring<S>> found = new HashMap<>();

  /** No answers yet to so many sequences. */
  public Answers(int size) {
    this.size = size;
  }

  /** The sequence at an index has a result. */
  public void scored(int index, S result) {
    put(index, new Scoring.Scored<>(result));
  }

  /** The sequence at an index cannot be scored. */
  public void failed(int index, DeadLetterCause cause, String detail) {
    put(index, new Scoring.Failed<>(cause, detail));
  }

  /** An answer that is there already. */
  public void put(int index, Scoring<S> answer) {
    if (index < 0 || index >= size || found.put(index, answer) != null) {
      throw new IllegalStateException("A second answer to sequence %d".formatted(index));
    }
  }

  /**
   * All answers, in the order of their sequences.
   *
   * @throws IllegalStateException when one is missing
   */
  public List<Scoring<S>> complete() {
    List<Scoring<S>> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Scoring<S> answer = found.get(i);
      if (answer == null) {
        throw new IllegalStateException("No answer to sequence %d of %d".formatted(i, size));
      }
      all.add(answer);
    }
    return all;
  }
}
