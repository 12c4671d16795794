package io.headwater.cli.replay;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.cli.replay.result.RunTally;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a replay's insights and dead letters from the beginning, and counts them. One thread. */
final class OutputFollower implements AutoCloseable {
  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final HeadwaterTopics topics;
  private final RecordDecoder<Insight> insights;
  private final RecordDecoder<DeadLetter> letters;
  private final RunTally tally = new RunTally();

  private OutputFollower(
      Consumer<byte[], byte[]> consumer, HeadwaterTopics topics, SchemaRegistry registry) {
    this.consumer = consumer;
    this.topics = topics;
    this.insights = registry.decoder(topics.insights());
    this.letters = registry.decoder(topics.deadLetters());
    for (String topic : List.of(topics.insights().name(), topics.deadLetters().name())) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Opens it at the beginning of both topics. */
  static OutputFollower open(KafkaConnection kafka, ReplayName name, HeadwaterTopics topics) {
    SchemaRegistry registry = SchemaRegistry.at(kafka.registryUrl(), kafka.registryProperties());
    Consumer<byte[], byte[]> consumer = consumer(kafka, name.progressClient());
    try {
      return new OutputFollower(consumer, topics, registry);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** A consumer without a group that reads what is committed. */
  static Consumer<byte[], byte[]> consumer(KafkaConnection kafka, String clientId) {
    return new KafkaConsumer<>(
        kafka.forConsumer(
            Map.of(
                "client.id", clientId,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest",
                "default.api.timeout.ms", "20000")),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Counts what has come; waits that long for it. */
  void poll(Duration timeout) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
      if (record.topic().equals(topics.insights().name())) {
        insight(record);
      } else {
        letter(record);
      }
    }
  }

  /** Counts all that is there now. */
  void catchUp(BooleanSupplier isStopped) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!isStopped.getAsBoolean()
        && partitions.stream()
            .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
      poll(Duration.ofMillis(200));
    }
  }

  RunTally tally() {
    return tally;
  }

  private void insight(ConsumerRecord<byte[], byte[]> record) {
    if (insights.decode(record.value()) instanceof Decoded.Healthy<Insight> healthy) {
      tally.insight(record.key(), record.value(), healthy.value());
    } else {
      throw new IllegalStateException(
          "%s-%d@%d is no insight: somebody else writes to the replay's topics"
              .formatted(record.topic(), record.partition(), record.offset()));
    }
  }

  private void letter(ConsumerRecord<byte[], byte[]> record) {
    if (letters.decode(record.value()) instanceof Decoded.Healthy<DeadLetter> healthy) {
      tally.deadLetter(healthy.value().getStage(), healthy.value().getCause());
    } else {
      throw new IllegalStateException(
          "%s-%d@%d is no dead letter: somebody else writes to the replay's topics"
              .formatted(record.topic(), record.partition(), record.offset()));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
