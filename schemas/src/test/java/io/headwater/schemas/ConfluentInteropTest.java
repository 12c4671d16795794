package io.headwater.schemas;

import static io.headwater.schemas.RegisteredRiver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.headwater.schemas.Decoded.Healthy;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Confluent's own serializers are what outside clients use: they must write and read the same. */
class ConfluentInteropTest {
  private static final Map<String, Object> PROPERTIES =
      Map.of(
          "schema.registry.url", "mock://unused",
          "auto.register.schemas", false,
          "avro.remove.java.properties", true);

  private final RegisteredRiver river = new RegisteredRiver();

  static Stream<Topic<?>> topics() {
    return TOPICS.all().stream();
  }

  @ParameterizedTest
  @MethodSource("topics")
  <V extends SpecificRecord> void writesTheSameBytesAsConfluentsSerializer(Topic<V> topic) {
    V value = RegisteredRiver.random(topic, 7);
    try (var theirs = new KafkaAvroSerializer(river.client, PROPERTIES)) {

      byte[] bytes = theirs.serialize(topic.name(), value);

      assertThat(river.encoder(topic).encode(value)).isEqualTo(bytes);
      assertThat(river.decoder(topic).decode(bytes)).isEqualTo(new Healthy<>(value));
    }
  }

  @ParameterizedTest
  @MethodSource("topics")
  <V extends SpecificRecord> void confluentsDeserializerReadsOurBytes(Topic<V> topic) {
    V value = RegisteredRiver.random(topic, 8);
    byte[] bytes = river.encoder(topic).encode(value);
    try (var theirs = new KafkaAvroDeserializer(river.client, reading(true))) {

      Object read = theirs.deserialize(topic.name(), bytes);

      assertThat(read).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @MethodSource("topics")
  <V extends SpecificRecord> void aClientWithoutOurClassesReadsOurBytes(Topic<V> topic) {
    byte[] bytes = river.encoder(topic).encode(RegisteredRiver.random(topic, 9));
    try (var theirs = new KafkaAvroDeserializer(river.client, reading(false))) {

      GenericRecord read = (GenericRecord) theirs.deserialize(topic.name(), bytes);

      assertThat(read.getSchema().toString()).doesNotContain("avro.java");
      assertThat(read.getSchema().getFullName()).isEqualTo(topic.schema().getFullName());
    }
  }

  private static Map<String, Object> reading(boolean specific) {
    return Map.of("schema.registry.url", "mock://unused", "specific.avro.reader", specific);
  }
}
