package io.headwater.tokenizer;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * An encoded value and the partition that it must go to. All records of a message keep its
 * partition number, whatever partitioner its producer used: the aggregator's join depends on it.
 *
 * @param value the encoded value
 * @param partition of the message's record, and so of every later one
 */
record Routed(byte[] value, int partition) {
  /** Sends a value to its partition. */
  static final class ToItsPartition implements StreamPartitioner<byte[], Routed> {
    @Override
    public Optional<Set<Integer>> partitions(
        String topic, byte[] key, Routed routed, int partitions) {
      if (routed.partition() >= partitions) {
        throw new IllegalStateException(
            "Topic %s has %d partitions, fewer than the messages topic: give all the same number"
                .formatted(topic, partitions));
      }
      return Optional.of(Set.of(routed.partition()));
    }
  }

  /** Writes the value alone. */
  static final class Bytes implements Serializer<Routed> {
    @Override
    public byte[] serialize(String topic, Routed routed) {
      return routed.value();
    }
  }
}
