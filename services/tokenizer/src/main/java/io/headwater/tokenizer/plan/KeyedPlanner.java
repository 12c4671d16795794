package io.headwater.tokenizer.plan;

import io.headwater.avro.Origin;

/**
 * From a record to the token sequence of its next task, by the model that serves its key. Not
 * thread-safe: each processor has its own.
 *
 * @param <V> type of the records
 */
@FunctionalInterface
public interface KeyedPlanner<V> {
  /**
   * Plans one record.
   *
   * @param position where it was read
   * @param key bytes that choose the model; records with the same get the same
   */
  Plans plan(V record, Origin position, byte[] key);

  /** A planner for which all keys are alike. */
  static <V> KeyedPlanner<V> of(Planner<V> planner) {
    return (record, position, key) -> Plans.only(planner.plan(record, position));
  }
}
