package io.headwater.cli.replay;

import io.headwater.avro.ReplayPlan;
import io.headwater.cli.ingest.CommittedRecords;
import io.headwater.cli.ingest.RiverAccess;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The plans of a river's replays, in their compacted topic. */
final class ReplayPlans {
  private final RiverAccess river;
  private final Topic<ReplayPlan> topic;

  /** The plans of the river that {@code river} leads to. */
  ReplayPlans(RiverAccess river) {
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
    try (Consumer<byte[], byte[]> consumer = river.consumer()) {
      CommittedRecords records = new CommittedRecords(consumer);
      records.read(
          topic.name(),
          records.spans(topic.name()),
          record -> {
            String name = new String(record.key(), StandardCharsets.UTF_8);
            if (decoder.decode(record.value()) instanceof Decoded.Healthy<ReplayPlan> healthy) {
              plans.put(name, healthy.value());
            } else {
              plans.remove(name);
            }
            return true;
          });
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
          try (Producer<byte[], byte[]> producer =
              river.producer(Map.of("acks", "all", "max.block.ms", "10000"))) {
            return producer
                .send(
                    new ProducerRecord<>(
                        topic.name(), 0, name.getBytes(StandardCharsets.UTF_8), value))
                .get();
          }
        });
  }
}
