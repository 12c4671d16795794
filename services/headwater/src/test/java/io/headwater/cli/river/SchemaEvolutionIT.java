package io.headwater.cli.river;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.cli.river.TestRiver.Read;
import io.headwater.schemas.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Producers, services and consumers of other versions, on a river that runs. */
@Tag("long")
class SchemaEvolutionIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEAD = 5;

  @TempDir private static Path folder;
  private static TestRiver river;
  private static SchemaRegistryClient registry;

  @BeforeAll
  static void startTheRiver() {
    river = TestRiver.start(folder);
    registry = new CachedSchemaRegistryClient(river.kafka().registryUrl(), 100);
  }

  @AfterAll
  static void stopTheRiver() {
    if (river != null) {
      river.close();
    }
  }

  @Test
  void oldAndNewProducersAndConsumersFlowTogether() throws Exception {
    // given an older and a newer schema of messages, both registered
    Schema present = first("messages-value");
    Set<String> younger = Set.of("attributes", "tasks", "sentAt");
    Schema older =
        changed(present, fields -> fields.removeIf(f -> younger.contains(f.get("name").asText())));
    Schema newer =
        changed(
            present,
            fields -> {
              add(fields, "priority", "[\"null\", \"string\"]", "null");
              add(
                  fields,
                  "mood",
                  "[\"null\", {\"type\": \"enum\", \"name\": \"Mood\","
                      + " \"symbols\": [\"GOOD\", \"BAD\"]}]",
                  "null");
            });
    int oldId = registry.register("messages-value", new AvroSchema(older));
    int newId = registry.register("messages-value", new AvroSchema(newer));

    // when their producers and a present one send in turn, under three keys
    Map<String, List<String>> sent = new HashMap<>();
    for (int i = 0; i < 45; i++) {
      String key = "evolution-" + i % 3;
      String id = "evolution-message-" + i;
      sent.computeIfAbsent(key, unused -> new ArrayList<>()).add(id);
      switch (i / 3 % 3) {
        case 0 -> river.send(key, wire(oldId, message(older, id)));
        case 1 -> river.send(key, wire(newId, message(newer, id)));
        default -> river.send(key, TestRiver.message(id, "What a lovely day."));
      }
    }
    river.flush();

    // then all become insights, in order per key
    eventually()
        .untilAsserted(
            () -> {
              Map<String, List<String>> received = new HashMap<>();
              for (Read<Insight> read : insights("evolution-message-")) {
                received
                    .computeIfAbsent(key(read.record()), unused -> new ArrayList<>())
                    .add(read.value().getMessageId());
              }
              assertThat(received).isEqualTo(sent);
            });
    assertThat(insights("evolution-message-"))
        .allSatisfy(
            read -> assertThat(read.value().getSentiment().getLabel()).isEqualTo("positive"));
    consumersOfOtherVersionsReadThem();
  }

  /** Confluent's own client, with a reader schema of another version. */
  private static void consumersOfOtherVersionsReadThem() throws Exception {
    Schema present = first("insights-value");
    Schema older =
        changed(
            present,
            fields ->
                fields.removeIf(
                    f -> Set.of("skipped", "translation").contains(f.get("name").asText())));
    Schema newer = changed(present, fields -> add(fields, "mood", "\"string\"", "\"unknown\""));
    try (KafkaAvroDeserializer client = new KafkaAvroDeserializer(registry)) {
      for (Read<Insight> read : insights("evolution-message-")) {
        byte[] value = read.record().value();
        GenericRecord old = (GenericRecord) client.deserialize("insights", value, older);
        GenericRecord young = (GenericRecord) client.deserialize("insights", value, newer);
        assertThat(old.get("messageId")).hasToString(read.value().getMessageId());
        assertThat(old.hasField("skipped")).isFalse();
        assertThat(young.get("mood")).hasToString("unknown");
      }
    }
  }

  @Test
  void theRegistryRefusesASchemaThatWouldNotReadOldRecordsAndSaysSo() throws Exception {
    Schema broken =
        changed(
            first("messages-value"),
            fields -> fields.addObject().put("name", "body").put("type", "string"));

    assertThatThrownBy(() -> registry.register("messages-value", new AvroSchema(broken)))
        .asInstanceOf(type(RestClientException.class))
        .satisfies(refusal -> assertThat(refusal.getStatus()).isEqualTo(409))
        .extracting(RestClientException::getMessage)
        .asString()
        .containsIgnoringCase("compatib");
    Topic<Insight> mistaken = new Topic<>("messages", Insight.class);
    assertThatThrownBy(() -> river.registry.register(List.of(mistaken)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The registry refuses the schema of messages-value: ");
  }

  @Test
  void aRecordWithASchemaFromElsewhereThatDoesNotFitBecomesADeadLetter() throws Exception {
    Schema elsewhere =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Message", "namespace": "io.headwater.avro", "fields":
                  [{"name": "text", "type": "int"}]}
                """);
    int id = registry.register("elsewhere-value", new AvroSchema(elsewhere));
    byte[] value = wire(id, new GenericRecordBuilder(elsewhere).set("text", 7).build());

    river.send("elsewhere", TestRiver.message("elsewhere-before", "What a lovely day."));
    river.send("elsewhere", value);
    river.send("elsewhere", TestRiver.message("elsewhere-after", "What a lovely day."));
    river.flush();

    eventually()
        .untilAsserted(
            () -> {
              assertThat(insights("elsewhere-")).hasSize(2);
              List<DeadLetter> letters =
                  river.all(river.topics.deadLetters()).stream()
                      .filter(read -> key(read.record()).equals("elsewhere"))
                      .map(Read::value)
                      .toList();
              assertThat(letters).hasSize(1);
              assertThat(letters.get(0).getCause()).isEqualTo("INCOMPATIBLE_SCHEMA");
              assertThat(letters.get(0).getValue()).isEqualTo(ByteBuffer.wrap(value));
            });
  }

  @Test
  void theScorerReadsTokensOfANewerTokenizer() throws Exception {
    river.send("rolling-tokens", TestRiver.message("rolling-tokens", "What a lovely day."));
    river.flush();
    eventually().until(() -> insights("rolling-tokens").size() == 1);
    Read<TokenSequence> written =
        river.all(river.topics.tokens("sentiment")).stream()
            .filter(read -> read.value().getMessageId().equals("rolling-tokens"))
            .findFirst()
            .orElseThrow();

    // when the same tokens are written as a newer tokenizer would write them
    send(
        written.record().topic(),
        written.record().partition(),
        newer("tokens.sentiment-value", written.record().value(), Map.of()));

    // then they are scored, to the same bits
    eventually()
        .untilAsserted(
            () -> {
              List<SentimentScore> scores =
                  river.all(river.topics.sentimentScores()).stream()
                      .map(Read::value)
                      .filter(score -> score.getMessageId().equals("rolling-tokens"))
                      .toList();
              assertThat(scores).hasSize(2);
              assertThat(scores.get(1)).isEqualTo(scores.get(0));
            });
  }

  @Test
  void theAggregatorReadsScoresOfANewerScorer() throws Exception {
    // given a score to copy, and a message that waits for one: the tokenizer has refused it
    river.send("rolling-scores", TestRiver.message("rolling-scores", "What a lovely day."));
    river.flush();
    eventually().until(() -> insights("rolling-scores").size() == 1);
    byte[] score =
        river.all(river.topics.sentimentScores()).stream()
            .filter(read -> read.value().getMessageId().equals("rolling-scores"))
            .findFirst()
            .orElseThrow()
            .record()
            .value();
    Message refused = TestRiver.message("rolling-refused", "What a lovely day.");
    refused.setTasks(List.of("horoscope"));
    RecordMetadata waiting = send("messages", 1, river.encoded(refused));

    // when its score is written as a newer scorer would write it
    GenericRecord origin =
        new GenericRecordBuilder(first("scores.sentiment-value").getField("origin").schema())
            .set("topic", "messages")
            .set("partition", waiting.partition())
            .set("offset", waiting.offset())
            .build();
    send(
        "scores.sentiment",
        waiting.partition(),
        newer("scores.sentiment-value", score, Map.of("origin", origin)));

    eventually().until(() -> insights("rolling-refused").size() == 1);
    assertThat(insights("rolling-refused").get(0).value().getSentiment().getLabel())
        .isEqualTo("positive");
  }

  /** The value, written with a next version of its schema that is registered here. */
  private static byte[] newer(String subject, byte[] value, Map<String, Object> replaced)
      throws Exception {
    Schema present = first(subject);
    Schema next =
        changed(
            present,
            fields -> {
              add(fields, "batchSize", "[\"null\", \"int\"]", "null");
              add(fields, "notes", "{\"type\": \"array\", \"items\": \"string\"}", "[]");
            });
    int id = registry.register(subject, new AvroSchema(next));
    GenericRecord record =
        new GenericDatumReader<GenericRecord>(present, next)
            .read(null, DecoderFactory.get().binaryDecoder(value, HEAD, value.length - HEAD, null));
    record.put("batchSize", 64);
    record.put("notes", List.of("a", "b"));
    replaced.forEach(record::put);
    return wire(id, record);
  }

  private static RecordMetadata send(String topic, int partition, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            river.kafka().forProducer(Map.of("acks", "all")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      return producer
          .send(new ProducerRecord<>(topic, partition, "rolling".getBytes(UTF_8), value))
          .get();
    }
  }

  private static GenericRecord message(Schema schema, String id) {
    GenericRecordBuilder message =
        new GenericRecordBuilder(schema)
            .set("id", id)
            .set("text", "What a lovely day.")
            .set("source", "evolution");
    if (schema.getField("mood") != null) {
      Schema mood = schema.getField("mood").schema().getTypes().get(1);
      message.set("mood", new GenericData.EnumSymbol(mood, "GOOD")).set("priority", "high");
    }
    return message.build();
  }

  private static byte[] wire(int id, GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(ByteBuffer.allocate(HEAD).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  /** The first version: what this river was made with. */
  private static Schema first(String subject) throws Exception {
    return new Schema.Parser().parse(registry.getSchemaMetadata(subject, 1).getSchema());
  }

  private static Schema changed(Schema schema, Consumer<ArrayNode> change) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(schema.toString());
    change.accept((ArrayNode) json.get("fields"));
    return new Schema.Parser().parse(json.toString());
  }

  private static void add(ArrayNode fields, String name, String type, String byDefault) {
    try {
      ObjectNode field = fields.addObject().put("name", name);
      field.set("type", JSON.readTree(type));
      field.set("default", JSON.readTree(byDefault));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<Read<Insight>> insights(String idStart) {
    return river.all(river.topics.insights()).stream()
        .filter(read -> read.value().getMessageId().startsWith(idStart))
        .toList();
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    return key == null ? "" : new String(key, UTF_8);
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(500));
  }
}
