package io.headwater.tokenizer;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Message;
import io.headwater.avro.Origin;
import io.headwater.avro.TokenSequence;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.tokenizer.plan.Tokenization;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The tokenizer's topology in Kafka's test driver, over a registry in memory. */
final class TokenizerDriver implements AutoCloseable {
  static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

  private final HeadwaterTopics topics = new HeadwaterTopics("river.");
  private final SchemaRegistry registry;
  private final RecordDecoder<TokenSequence> tokenDecoder;
  private final RecordDecoder<DeadLetter> letterDecoder;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> messages;
  private final TestOutputTopic<byte[], byte[]> tokens;
  private final TestOutputTopic<byte[], byte[]> deadLetters;

  TokenizerDriver(
      MockSchemaRegistryClient client,
      BiFunction<Message, Origin, Tokenization> planner,
      int maxRecordBytes) {
    this(client, planner, maxRecordBytes, Intake.OPEN);
  }

  TokenizerDriver(
      MockSchemaRegistryClient client,
      BiFunction<Message, Origin, Tokenization> planner,
      int maxRecordBytes,
      Intake intake) {
    registry = SchemaRegistry.over(client);
    registry.register(topics.all());
    tokenDecoder = registry.decoder(topics.tokens("sentiment"));
    letterDecoder = registry.decoder(topics.deadLetters());
    TokenizerCodecs usual = TokenizerCodecs.over(registry, topics);
    TokenizerCodecs codecs =
        new TokenizerCodecs(usual.messages(), usual.tokens(), usual.deadLetters(), maxRecordBytes);
    DeadLetterBreaker breaker = new DeadLetterBreaker(BreakerOptions.OFF);
    TokenizerMetrics metrics = new TokenizerMetrics(meters, Clock.fixed(NOW, ZoneOffset.UTC));
    Properties properties = new Properties();
    properties.put("application.id", "tokenizer-test");
    properties.put("bootstrap.servers", "none:1");
    driver =
        new TopologyTestDriver(
            TokenizerTopology.of(
                topics, intake, () -> new TokenizeProcessor(codecs, planner, metrics, breaker)),
            properties);
    var writer = new ByteArraySerializer();
    var reader = new ByteArrayDeserializer();
    messages = driver.createInputTopic(topics.messages().name(), writer, writer);
    tokens = driver.createOutputTopic(topics.tokens("sentiment").name(), reader, reader);
    deadLetters = driver.createOutputTopic(topics.deadLetters().name(), reader, reader);
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
