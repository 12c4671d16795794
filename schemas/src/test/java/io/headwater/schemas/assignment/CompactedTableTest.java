package io.headwater.schemas.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompactedTableTest {
  private static final TopicPartition MODELS = new TopicPartition("models", 0);

  private final HeadwaterTopics topics = new HeadwaterTopics("");
  private final SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());
  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
  private final CompactedTable<ModelAssignment> table =
      new CompactedTable<>(consumer, registry.decoder(topics.models()));
  private RecordEncoder<ModelAssignment> encoder = registry.encoder(topics.models());
  private long next;

  @BeforeEach
  void register() {
    registry.register(topics.all());
    encoder = registry.encoder(topics.models());
    consumer.updateBeginningOffsets(Map.of(MODELS, 0L));
    consumer.updateEndOffsets(Map.of(MODELS, 0L));
  }

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void theLatestRecordOfAKeyHolds() {
    table.readToEnd();
    write("sentiment", encoded("1"));
    write("sentiment", encoded("2"));
    write("translation", encoded("7"));

    table.readToEnd();

    assertThat(table.values()).containsOnlyKeys("sentiment", "translation");
    assertThat(version("sentiment")).isEqualTo("2");
  }

  @Test
  void whatCannotBeReadIsPassedOverAndTheOneBeforeItHolds() {
    table.readToEnd();
    write("sentiment", encoded("1"));
    write("sentiment", "no Avro".getBytes(StandardCharsets.UTF_8));
    write(null, encoded("9"));

    assertThat(table.poll(Duration.ZERO)).isTrue();
    assertThat(version("sentiment")).isEqualTo("1");
    assertThat(table.values()).hasSize(1);
  }

  @Test
  void aTombstoneRemovesItsKey() {
    table.readToEnd();
    write("sentiment", encoded("1"));
    write("sentiment", null);

    table.readToEnd();

    assertThat(table.values()).isEmpty();
  }

  @Test
  void theSameAgainIsNoChange() {
    table.readToEnd();
    write("sentiment", encoded("1"));
    table.poll(Duration.ZERO);
    write("sentiment", encoded("1"));

    assertThat(table.poll(Duration.ZERO)).isFalse();
  }

  private @Nullable String version(String task) {
    ModelAssignment known = table.values().get(task);
    return known == null ? null : known.getModel().getVersion();
  }

  private byte[] encoded(String version) {
    return encoder.encode(Assignments.configured("sentiment", new ModelRef("m", version)));
  }

  @SuppressWarnings("NullAway") // Kafka's records take null
  private void write(@Nullable String key, byte @Nullable [] value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            MODELS.topic(),
            0,
            next++,
            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
            value));
    consumer.updateEndOffsets(Map.of(MODELS, next));
  }
}
