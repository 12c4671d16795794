package io.headwater.tokenizer;

import static io.headwater.schemas.HeadwaterTopics.SENTIMENT;
import static io.headwater.schemas.HeadwaterTopics.TRANSLATION;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Message;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.tokenizer.plan.KeyedPlanner;
import io.headwater.tokenizer.plan.Planner;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The tokenizer's topology in Kafka's test driver, over a registry in memory. */
final class TokenizerDriver implements AutoCloseable {
  static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

  private final HeadwaterTopics topics = new HeadwaterTopics("river.");
  private final SchemaRegistry registry;
  private final RecordDecoder<TokenSequence> tokenDecoder;
  private final RecordDecoder<TokenSequence> translationTokenDecoder;
  private final RecordDecoder<DeadLetter> letterDecoder;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Topology built;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> messages;
  private final TestInputTopic<byte[], byte[]> translations;
  private final TestOutputTopic<byte[], byte[]> tokens;
  private final TestOutputTopic<byte[], byte[]> translationTokens;
  private final TestOutputTopic<byte[], byte[]> deadLetters;

  /** A river in which nothing is translated. */
  TokenizerDriver(MockSchemaRegistryClient client, Planner<Message> planner, int maxRecordBytes) {
    this(client, planner, Optional.empty(), maxRecordBytes, Intake.OPEN);
  }

  /** The same with a second hop, which follows translations. */
  TokenizerDriver(
      MockSchemaRegistryClient client,
      Planner<Message> planner,
      Planner<Translation> second,
      int maxRecordBytes) {
    this(client, planner, Optional.of(second), maxRecordBytes, Intake.OPEN);
  }

  TokenizerDriver(
      MockSchemaRegistryClient client,
      Planner<Message> planner,
      Optional<Planner<Translation>> second,
      int maxRecordBytes,
      Intake intake) {
    registry = SchemaRegistry.over(client);
    registry.register(topics.all());
    tokenDecoder = registry.decoder(topics.tokens(SENTIMENT));
    translationTokenDecoder = registry.decoder(topics.tokens(TRANSLATION));
    letterDecoder = registry.decoder(topics.deadLetters());
    Hop<Message> first = Hop.ofMessages(topics, second.isPresent());
    TokenizerTopology topology =
        TokenizerTopology.in(topics).first(first, intake, step(first, planner, maxRecordBytes));
    second.ifPresent(
        next -> {
          Hop<Translation> hop = Hop.ofTranslations(topics);
          topology.then(hop, step(hop, next, maxRecordBytes));
        });
    Properties properties = new Properties();
    properties.put("application.id", "tokenizer-test");
    properties.put("bootstrap.servers", "none:1");
    built = topology.build();
    driver = new TopologyTestDriver(built, properties);
    var writer = new ByteArraySerializer();
    var reader = new ByteArrayDeserializer();
    messages = driver.createInputTopic(topics.messages().name(), writer, writer);
    translations =
        second.isPresent()
            ? driver.createInputTopic(topics.translations().name(), writer, writer)
            : messages;
    tokens = driver.createOutputTopic(topics.tokens(SENTIMENT).name(), reader, reader);
    translationTokens = driver.createOutputTopic(topics.tokens(TRANSLATION).name(), reader, reader);
    deadLetters = driver.createOutputTopic(topics.deadLetters().name(), reader, reader);
  }

  private <V extends SpecificRecord> ProcessorSupplier<byte[], byte[], byte[], Routed> step(
      Hop<V> hop, Planner<V> planner, int maxRecordBytes) {
    HopCodecs<V> codecs = HopCodecs.over(registry, topics, hop, maxRecordBytes);
    DeadLetterBreaker breaker = new DeadLetterBreaker(BreakerOptions.OFF);
    TokenizerMetrics metrics =
        new TokenizerMetrics(meters, Clock.fixed(NOW, ZoneOffset.UTC), hop.task());
    return () -> new TokenizeProcessor<>(hop, codecs, KeyedPlanner.of(planner), metrics, breaker);
  }

  /** The flow, for a look at its shape. */
  Topology topology() {
    return built;
  }

  MeterRegistry meters() {
    return meters;
  }

  byte[] encoded(Translation translation) {
    return registry.encoder(topics.translations()).encode(translation);
  }

  byte[] encoded(Message message) {
    return registry.encoder(topics.messages()).encode(message);
  }

  void send(byte @Nullable [] key, byte @Nullable [] value, Headers headers, Instant timestamp) {
    messages.pipeInput(new TestRecord<>(key, value, headers, timestamp));
  }

  void send(byte @Nullable [] value) {
    send(new byte[] {7}, value, new RecordHeaders(), NOW);
  }

  /** Sends what a scorer would write. */
  void sendTranslation(
      byte @Nullable [] key, byte @Nullable [] value, Headers headers, Instant timestamp) {
    translations.pipeInput(new TestRecord<>(key, value, headers, timestamp));
  }

  void sendTranslation(byte @Nullable [] value) {
    sendTranslation(new byte[] {7}, value, new RecordHeaders(), NOW);
  }

  List<TestRecord<byte[], byte[]>> translationTokenRecords() {
    return translationTokens.readRecordsToList();
  }

  List<TokenSequence> translationTokens() {
    return translationTokenRecords().stream()
        .map(record -> decoded(translationTokenDecoder, record))
        .toList();
  }

  List<TestRecord<byte[], byte[]>> tokenRecords() {
    return tokens.readRecordsToList();
  }

  List<TokenSequence> tokens() {
    return tokenRecords().stream().map(record -> decoded(tokenDecoder, record)).toList();
  }

  List<TestRecord<byte[], byte[]>> deadLetterRecords() {
    return deadLetters.readRecordsToList();
  }

  List<DeadLetter> deadLetters() {
    return deadLetterRecords().stream().map(this::letter).toList();
  }

  DeadLetter letter(TestRecord<byte[], byte[]> record) {
    return decoded(letterDecoder, record);
  }

  double counted(String counter, String... tags) {
    return meters.get(counter).tags(tags).counter().count();
  }

  double countedInAllHops(String counter) {
    return meters.get(counter).counters().stream().mapToDouble(Counter::count).sum();
  }

  @Override
  public void close() {
    driver.close();
  }

  private static <V extends SpecificRecord> V decoded(
      RecordDecoder<V> decoder, TestRecord<byte[], byte[]> record) {
    if (decoder.decode(record.value()) instanceof Decoded.Healthy<V> healthy) {
      return healthy.value();
    }
    throw new AssertionError("A record of the tokenizer cannot be read");
  }
}
