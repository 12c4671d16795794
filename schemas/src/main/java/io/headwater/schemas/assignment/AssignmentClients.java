package io.headwater.schemas.assignment;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelStatus;
import io.headwater.schemas.HeadwaterGroups;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes what reads and writes a river's assignments.
 *
 * @param topics of the river
 * @param registry its registry
 * @param consumers completes the properties of a consumer with address and settings of the user
 * @param producers completes the properties of a producer
 */
public record AssignmentClients(
    HeadwaterTopics topics,
    SchemaRegistry registry,
    UnaryOperator<Map<String, Object>> consumers,
    UnaryOperator<Map<String, Object>> producers) {
  public AssignmentClients {
    requireNonNull(topics, "topics");
    requireNonNull(registry, "registry");
    requireNonNull(consumers, "consumers");
    requireNonNull(producers, "producers");
  }

  /** What is assigned; nothing is read yet. */
  public CompactedTable<ModelAssignment> assignments(String clientId) {
    return table(topics.models(), clientId);
  }

  /** What the instances have said; nothing is read yet. */
  public CompactedTable<ModelStatus> statuses(String clientId) {
    return table(topics.modelStatus(), clientId);
  }

  /** Tells what an instance has ready. */
  public StatusAnnouncer announcer(String clientId) {
    return new StatusAnnouncer(
        producer(StatusAnnouncer.producerProperties(clientId)),
        registry.encoder(topics.modelStatus()),
        topics.modelStatus().name(),
        Clock.systemUTC());
  }

  /** Changes assignments. */
  public AssignmentBook book() {
    String clientId = new HeadwaterGroups(topics.prefix()).assignmentWriter();
    return new AssignmentBook(
        () -> assignments(clientId),
        () -> producer(AssignmentBook.producerProperties(topics.prefix())),
        registry.encoder(topics.models()),
        topics.models().name());
  }

  /** Follows the assignments of an instance's tasks. It has not begun. */
  public ModelFollower follower(ModelFollower.Seat seat, ModelHost host) {
    String clientId =
        "%sheadwater-%s-models-%s".formatted(topics.prefix(), seat.service(), seat.instance());
    return new ModelFollower(seat, assignments(clientId), announcer(clientId), host);
  }

  private <V extends SpecificRecord> CompactedTable<V> table(Topic<V> topic, String clientId) {
    return new CompactedTable<>(
        new KafkaConsumer<>(
            consumers.apply(CompactedTable.consumerProperties(clientId)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer()),
        registry.decoder(topic));
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> own) {
    return new KafkaProducer<>(
        producers.apply(own), new ByteArraySerializer(), new ByteArraySerializer());
  }
}
