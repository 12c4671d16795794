package io.headwater.aggregator.topology;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.headwater.aggregator.metrics.AggregatorMetrics;
import io.headwater.aggregator.window.EventTime;
import io.headwater.aggregator.window.WindowPlan;
import io.headwater.aggregator.window.WindowRule;
import io.headwater.aggregator.window.WindowSize;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.avro.SentimentWindow;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The aggregator's topology in Kafka's test driver, with a registry in memory. */
public final class River implements AutoCloseable {
  public static final TopologyOptions OPTIONS =
      new TopologyOptions(
          Duration.ofHours(1),
          new EventTime(Duration.ofMinutes(5)),
          new WindowPlan(
              Map.of(
                  WindowSize.SECOND, rule(Duration.ofSeconds(10), Duration.ofMinutes(10)),
                  WindowSize.MINUTE, rule(Duration.ofMinutes(1), Duration.ofHours(1)),
                  WindowSize.HOUR, rule(Duration.ofHours(1), Duration.ofDays(1)))),
          1024 * 1024);

  public final HeadwaterTopics topics = new HeadwaterTopics("");
  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  public final TopologyTestDriver driver;
  private final SchemaRegistry registry;
  private final Map<Topic<?>, RecordDecoder<?>> decoders = new HashMap<>();
  private final Path folder;

  private River(SchemaRegistryClient client, TopologyOptions options, BreakerOptions breaker) {
    try {
      this.folder = Files.createTempDirectory("river");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.registry = SchemaRegistry.over(client);
    registry.register(topics.all());
    AggregatorMetrics metrics = new AggregatorMetrics(meters, Clock.systemUTC());
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "river");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    this.driver =
        new TopologyTestDriver(
            AggregatorTopology.of(
                AggregatorCodecs.of(topics, registry),
                options,
                metrics,
                new RegistryPatience(time -> {}, Clock.systemUTC(), metrics),
                new DeadLetterBreaker(breaker)),
            properties,
            Instant.EPOCH);
  }

  public static River flowing() {
    return new River(new MockSchemaRegistryClient(), OPTIONS, BreakerOptions.OFF);
  }

  public static River over(SchemaRegistryClient client) {
    return new River(client, OPTIONS, BreakerOptions.OFF);
  }

  public static River with(TopologyOptions options) {
    return with(options, new MockSchemaRegistryClient());
  }

  public static River with(BreakerOptions breaker) {
    return new River(new MockSchemaRegistryClient(), OPTIONS, breaker);
  }

  public static River with(TopologyOptions options, SchemaRegistryClient client) {
    return new River(client, options, BreakerOptions.OFF);
  }

  public static WindowRule rule(Duration grace, Duration retention) {
    return new WindowRule(grace, retention);
  }

  public <V extends SpecificRecord> byte[] bytes(Topic<V> topic, V value) {
    return registry.encoder(topic).encode(value);
  }

  public <V extends SpecificRecord> void send(
      Topic<V> topic, byte @Nullable [] key, V value, long timestamp) {
    raw(topic.name(), key, bytes(topic, value), timestamp);
  }

  /** Puts any bytes in. */
  @SuppressWarnings("NullAway") // Kafka's records take null
  public void raw(String topic, byte @Nullable [] key, byte @Nullable [] value, long timestamp) {
    input(topic).pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(timestamp)));
  }

  /** Puts a record with headers in. */
  @SuppressWarnings("NullAway") // Kafka's records take null
  public <V extends SpecificRecord> void send(
      Topic<V> topic, byte @Nullable [] key, V value, Headers headers, long timestamp) {
    input(topic.name())
        .pipeInput(
            new TestRecord<>(key, bytes(topic, value), headers, Instant.ofEpochMilli(timestamp)));
  }

  public TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  public List<TestRecord<byte[], byte[]>> out(Topic<?> topic) {
    TestOutputTopic<byte[], byte[]> output =
        driver.createOutputTopic(
            topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return output.readRecordsToList();
  }

  public List<Insight> insights() {
    return values(topics.insights());
  }

  public List<DeadLetter> deadLetters() {
    return values(topics.deadLetters());
  }

  public List<SentimentWindow> windows(WindowSize size) {
    return values(topics.sentimentWindows()).stream()
        .filter(window -> window.getWindowSizeMs() == size.millis())
        .toList();
  }

  private <V extends SpecificRecord> List<V> values(Topic<V> topic) {
    return out(topic).stream().map(record -> decoded(topic, record.value())).toList();
  }

  @SuppressWarnings("unchecked") // the topic and its decoder have the same type
  public <V extends SpecificRecord> V decoded(Topic<V> topic, byte[] bytes) {
    if (decoders.computeIfAbsent(topic, registry::decoder).decode(bytes)
        instanceof Healthy<?> healthy) {
      return (V) healthy.value();
    }
    throw new AssertionError("The aggregator wrote what nobody can read");
  }

  public double count(String meter, String... tags) {
    var found = meters.find(meter).tags(tags).counter();
    return found == null ? 0 : found.count();
  }

  public double pending() {
    return meters.get("headwater.pending.entries").gauge().value();
  }

  @Override
  public void close() {
    driver.close();
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
