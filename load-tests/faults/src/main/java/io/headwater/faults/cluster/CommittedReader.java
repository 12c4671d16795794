package io.headwater.faults.cluster;

import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers that see what is committed, belong to no group, and are the caller's to close. */
public final class CommittedReader {
  private CommittedReader() {}

  /** A reader of nothing yet. */
  public static KafkaConsumer<byte[], byte[]> of(String bootstrapServers) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false,
            "max.poll.records",
            5_000),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** A reader of all partitions of a topic, from the first record on. */
  public static KafkaConsumer<byte[], byte[]> of(String bootstrapServers, String topic) {
    KafkaConsumer<byte[], byte[]> consumer = of(bootstrapServers);
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList());
    return consumer;
  }
}
