package io.headwater.scorer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that were polled and are not done yet, given out in units of bounded work. Owned by a
 * loop's thread.
 */
final class UnitCutter {
  /** Bytes that a token takes in a record: its id and two offsets. */
  static final int TOKEN_BYTES = 3 * Integer.BYTES;

  /** The same where the record has its text too: a token stands for about four letters. */
  static final int TOKEN_AND_TEXT_BYTES = TOKEN_BYTES + 4;

  private final long unitBytes;
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();

  /**
   * A cutter without records.
   *
   * @param unitTokens most tokens of a unit
   * @param tokenBytes bytes that a token takes in a record: a unit is measured by the size of its
   *     records, before they are decoded
   */
  UnitCutter(int unitTokens, int tokenBytes) {
    this.unitBytes = (long) unitTokens * tokenBytes;
  }

  void add(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    records.forEach(waiting::add);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The next unit: at least one record while there is any, in the order they came. */
  List<ConsumerRecord<byte[], byte[]>> next() {
    List<ConsumerRecord<byte[], byte[]>> unit = new ArrayList<>();
    long bytes = 0;
    while (!waiting.isEmpty()) {
      long size = Math.max(0, waiting.element().serializedValueSize());
      if (!unit.isEmpty() && bytes + size > unitBytes) {
        break;
      }
      unit.add(waiting.remove());
      bytes += size;
    }
    return unit;
  }

  /** Forgets the records of partitions that are another instance's now. */
  void forget(Collection<TopicPartition> partitions) {
    Set<TopicPartition> gone = partitions.stream().collect(Collectors.toSet());
    waiting.removeIf(
        record -> gone.contains(new TopicPartition(record.topic(), record.partition())));
  }

  /** Forgets all. */
  void clear() {
    waiting.clear();
  }
}
