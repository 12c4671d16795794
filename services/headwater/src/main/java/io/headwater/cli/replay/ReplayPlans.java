package io.headwater.cli.replay;

import io.headwater.avro.ReplayPlan;
import io.headwater.cli.ingest.RiverAccess;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The plans of a river's replays, in their compacted topic. */
final class ReplayPlans {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConnection kafka;
  private final RiverAccess river;
  private final Topic<ReplayPlan> topic;

  /** The plans of the river that {@code kafka} and {@code river} lead to. */
  ReplayPlans(KafkaConnection kafka, RiverAccess river) {
    this.kafka = kafka;
    this.river = river;
    this.topic = river.topics().replays();
  }

  Topic<ReplayPlan> topic() {
    return topic;
  }

  /** The plan with that name. */
  Optional<ReplayPlan> find(ReplayName name) {
    return Optional.ofNullable(all().get(name.name()));
  }

  /** All plans by name. */
  Map<String, ReplayPlan> all() {
    if (!river.ask(() -> river.admin().listTopics().names().get().contains(topic.name()))) {
      return Map.of();
    }
    return river.ask(this::read);
  }

  private Map<String, ReplayPlan> read() {
    RecordDecoder<ReplayPlan> decoder = river.registry().decoder(topic);
    Map<String, ReplayPlan> plans = new TreeMap<>();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.forConsumer(
                Map.of("enable.auto.commit", "false", "auto.offset.reset", "earliest")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition only = new TopicPartition(topic.name(), 0);
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
      while (consumer.position(only) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          String name = new String(record.key(), StandardCharsets.UTF_8);
          if (decoder.decode(record.value()) instanceof Decoded.Healthy<ReplayPlan> healthy) {
            plans.put(name, healthy.value());
          } else {
            plans.remove(name);
          }
        }
      }
    }
    return plans;
  }

  /** Writes a plan, or the next version of one. */
  void put(ReplayPlan plan) {
    write(plan.getName(), river.ask(() -> river.registry().encoder(topic).encode(plan)));
  }

  /** Removes a plan. */
  void remove(ReplayName name) {
    write(name.name(), null);
  }

  @SuppressWarnings("NullAway") // a tombstone has no value
  private void write(String name, byte @Nullable [] value) {
    river.ask(
        () -> {
          try (KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(
                  kafka.forProducer(Map.of("acks", "all", "max.block.ms", "10000")),
                  new ByteArraySerializer(),
                  new ByteArraySerializer())) {
            return producer
                .send(
                    new ProducerRecord<>(
                        topic.name(), 0, name.getBytes(StandardCharsets.UTF_8), value))
                .get();
          }
        });
  }
}
