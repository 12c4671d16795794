package io.headwater.cli.letters;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Message;
import io.headwater.cli.Main;
import io.headwater.cli.river.CommittedRecords;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.DeadLetters;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.TopicPlan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A river of its own for each test, by its prefix, in one broker: topics, schemas, no services. */
final class LetterRiver implements AutoCloseable {
  final HeadwaterTopics topics;
  final SchemaRegistry registry;
  private final KafkaConnection kafka;
  private final Producer<byte[], byte[]> producer;

  LetterRiver(KafkaConnection kafka, String prefix) throws Exception {
    this.kafka = kafka;
    this.topics = new HeadwaterTopics(prefix);
    this.registry = SchemaRegistry.at(kafka.registryUrl(), Map.of());
    try (Admin admin = Admin.create(kafka.forAdmin())) {
      TopicPlan.of(4, 1).create(admin, topics);
    }
    registry.register(topics.all());
    this.producer = producer(Map.of("max.request.size", TopicPlan.MAX_DEAD_LETTER_BYTES));
  }

  /** What a command said and returned. */
  record Ran(int code, String out, String err) {
    /** Its last line on standard output. */
    String sum() {
      List<String> lines = out.lines().toList();
      return lines.get(lines.size() - 1);
    }
  }

  /** Runs {@code headwater dead-letters ...} on this river. */
  Ran letters(String... args) {
    List<String> line = new ArrayList<>(List.of("dead-letters"));
    line.addAll(Arrays.asList(args));
    line.addAll(
        List.of(
            "--bootstrap-servers",
            kafka.bootstrapServers(),
            "--schema-registry-url",
            kafka.registryUrl(),
            "--set",
            "topics.prefix=" + topics.prefix()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(line.toArray(new String[0]));
    return new Ran(code, out.toString(), err.toString());
  }

  /** A record as a service would have read it, which does not stand in its topic. */
  @SuppressWarnings("NullAway") // a consumer's record may lack its key and its value
  ConsumerRecord<byte[], byte[]> read(
      String topic,
      int partition,
      byte @Nullable [] key,
      byte @Nullable [] value,
      RecordHeaders headers) {
    return new ConsumerRecord<>(
        topic,
        partition,
        4_000_000,
        Letters.NOON.toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        0,
        key,
        value,
        headers,
        Optional.empty());
  }

  /** Writes the letter of a record, as a service does it. */
  LetterAddress die(String stage, DeadLetterCause cause, ConsumerRecord<byte[], byte[]> record) {
    return die(DeadLetters.of(stage, cause, "It died.", record), record.key());
  }

  /** Writes a letter beside its record's partition number. */
  LetterAddress die(DeadLetter letter, byte @Nullable [] key) {
    return die(letter, letter.getPartition(), key);
  }

  LetterAddress die(DeadLetter letter, int partition, byte @Nullable [] key) {
    return bytes(partition, key, registry.encoder(topics.deadLetters()).encode(letter));
  }

  /** The letter of a record of any partition. */
  DeadLetter deadLetterOf(String topic, int partition, byte[] value) {
    return DeadLetters.of(
        "tokenizer",
        DeadLetterCause.NOT_AVRO,
        "It died.",
        read(topic, partition, value, value, new RecordHeaders()));
  }

  /** The letter in a record. */
  DeadLetter decoded(ConsumerRecord<byte[], byte[]> record) {
    if (registry.decoder(topics.deadLetters()).decode(record.value())
        instanceof Healthy<DeadLetter> healthy) {
      return healthy.value();
    }
    throw new AssertionError("No letter at offset " + record.offset());
  }

  /** Writes any record into the dead letters' topic. */
  LetterAddress bytes(int partition, byte @Nullable [] key, byte @Nullable [] value) {
    var sent = send(new ProducerRecord<>(topics.deadLetters().name(), partition, key, value));
    return new LetterAddress(sent.partition(), sent.offset());
  }

  RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
    try {
      return producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] encoded(String text) {
    return registry.encoder(topics.messages()).encode(Message.newBuilder().setText(text).build());
  }

  /** Makes a topic that is none of the river's. */
  void createTopic(String name, Map<String, String> settings) throws Exception {
    try (Admin admin = Admin.create(kafka.forAdmin())) {
      admin.createTopics(List.of(new NewTopic(name, 4, (short) 1).configs(settings))).all().get();
    }
  }

  void deleteTopics(Collection<String> names) throws Exception {
    try (Admin admin = Admin.create(kafka.forAdmin())) {
      admin.deleteTopics(names).all().get();
    }
  }

  Producer<byte[], byte[]> producer(Map<String, ?> own) {
    return new KafkaProducer<>(
        kafka.forProducer(own), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Every committed record of a topic, partition by partition. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    return CommittedRecords.of(kafka, topic);
  }

  /** The aggregator's letter about a record that was too large for one. */
  DeadLetter notKept(String topic, int partition, long offset) {
    return new DeadLetters.Builder(
            "aggregator",
            new DeadLetters.Position(topic, partition, offset, Letters.NOON.toEpochMilli()))
        .because(DeadLetterCause.RESULT_TOO_LARGE, "It is large. " + DeadLetters.NOT_KEPT);
  }

  /** Letters of the tokenizer, of one key, over the partitions. */
  List<LetterAddress> junk(int count) {
    List<LetterAddress> addresses = new ArrayList<>();
    IntStream.range(0, count)
        .forEach(
            i ->
                addresses.add(
                    die(
                        "tokenizer",
                        DeadLetterCause.NOT_AVRO,
                        read(
                            topics.messages().name(),
                            i % 4,
                            Letters.KEY,
                            new byte[] {(byte) i},
                            new RecordHeaders()))));
    return addresses;
  }

  ReplayTransactions transactions(Producer<byte[], byte[]> producer) {
    return new ReplayTransactions(
        producer,
        topics.replayedLetters(),
        registry.encoder(topics.replayedLetters()),
        InstantSource.system());
  }

  /** What a run would send of these letters. */
  List<Outgoing> outgoing(List<LetterAddress> addresses) {
    List<Outgoing> outgoing = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : committed(topics.deadLetters().name())) {
      StoredLetter stored = StoredLetter.of(record, decoded(record));
      if (Set.copyOf(addresses).contains(stored.address())) {
        outgoing.add(new Outgoing(stored, OriginalRecord.of(stored.letter()), 1));
      }
    }
    return outgoing;
  }

  @Override
  public void close() {
    producer.close();
  }
}
