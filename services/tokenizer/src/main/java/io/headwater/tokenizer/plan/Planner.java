package io.headwater.tokenizer.plan;

import io.headwater.avro.Origin;

/**
 * From a record to the token sequence of its next task. The same record gives the same sequence.
 * Not thread-safe: each processor has its own.
 *
 * @param <V> type of the records
 */
@FunctionalInterface
public interface Planner<V> {
  /**
   * Plans one record.
   *
   * @param position where it was read
   */
  Tokenization plan(V record, Origin position);
}
