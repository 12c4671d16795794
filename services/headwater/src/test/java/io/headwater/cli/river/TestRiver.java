package io.headwater.cli.river;

import io.headwater.avro.Message;
import io.headwater.cli.AllSettings;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.config.SettingsReader;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A whole river on free ports for a test class, and what a client of it can do. */
public final class TestRiver implements AutoCloseable {
  public final Settings settings;
  public final LocalRiver river;
  public final HeadwaterTopics topics = new HeadwaterTopics("");
  public final SchemaRegistry registry;
  private final KafkaProducer<byte[], byte[]> producer;

  private TestRiver(Settings settings, LocalRiver river) {
    this.settings = settings;
    this.river = river;
    KafkaConnection kafka = river.kafka();
    this.registry = SchemaRegistry.at(kafka.registryUrl(), Map.of());
    this.producer =
        new KafkaProducer<>(
            kafka.forProducer(Map.of("acks", "all", "max.request.size", 17 * 1024 * 1024)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  public static TestRiver start(Path folder) {
    return start(folder, Map.of());
  }

  /** A river with settings of its own. */
  public static TestRiver start(Path folder, Map<String, String> own) {
    Map<String, String> flags = new HashMap<>(DemoSettings.overrides(true, folder));
    flags.putAll(own);
    Settings settings =
        SettingsReader.read(AllSettings.definition(), Optional.empty(), Map.of(), flags);
    return new TestRiver(settings, LocalRiver.start(settings, folder, step -> {}));
  }

  /** An address of the dashboard's server. */
  public URI dashboard(String path) {
    return URI.create(Addresses.dashboard(settings) + path);
  }

  public KafkaConnection kafka() {
    return river.kafka();
  }

  /** Sends bytes as they are. */
  public void send(@Nullable String key, byte @Nullable [] value) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    var unused = producer.send(new ProducerRecord<>(topics.messages().name(), keyBytes, value));
  }

  /** Sends bytes to the first partition of any topic, and waits until they are there. */
  public void sendTo(String topic, String key, byte[] value) {
    var unused =
        producer.send(new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value));
    producer.flush();
  }

  /** Sends a value packed: topics limit what is sent, not what comes of it. */
  void sendPacked(String key, byte[] value) {
    Map<String, Object> properties =
        Map.of("acks", "all", "compression.type", "gzip", "max.request.size", 64 << 20);
    Map<String, Object> all = new HashMap<>(kafka().forProducer(properties));
    all.put("buffer.memory", 80L << 20);
    flush();
    try (KafkaProducer<byte[], byte[]> packing =
        new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())) {
      var unused =
          packing.send(
              new ProducerRecord<>(
                  topics.messages().name(), key.getBytes(StandardCharsets.UTF_8), value));
    }
  }

  public void send(@Nullable String key, Message message) {
    send(key, encoded(message));
  }

  public byte[] encoded(Message message) {
    return registry.encoder(topics.messages()).encode(message);
  }

  public void flush() {
    producer.flush();
  }

  public static Message message(String id, String text) {
    Message message = new Message();
    message.setId(id);
    message.setText(text);
    message.setSource("test");
    message.setAttributes(Map.of());
    return message;
  }

  /** A committed record of a topic, with its value read. */
  public record Read<V>(ConsumerRecord<byte[], byte[]> record, V value) {}

  /** Every committed record of a topic, partition by partition. */
  public <V extends SpecificRecord> List<Read<V>> all(Topic<V> topic) {
    RecordDecoder<V> decoder = registry.decoder(topic);
    List<Read<V>> found = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : CommittedRecords.of(kafka(), topic.name())) {
      if (decoder.decode(record.value()) instanceof Decoded.Healthy<V> healthy) {
        found.add(new Read<>(record, healthy.value()));
      } else {
        throw new AssertionError("An unreadable record in " + topic.name());
      }
    }
    return found;
  }

  @Override
  public void close() {
    producer.close();
    river.close();
  }
}
