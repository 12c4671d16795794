package io.headwater.cli.river;

import io.headwater.avro.Message;
import io.headwater.gateway.ingest.RecordKeys;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Streams messages at a steady rate, watches what comes out, and accounts for every one. */
final class DemoStream {
  private static final Duration DRAIN = Duration.ofSeconds(60);

  private final KafkaConnection kafka;
  private final List<Message> messages;
  private final double rate;
  private final HeadwaterTopics topics;
  private final SchemaRegistry registry;

  DemoStream(KafkaConnection kafka, List<Message> messages, double rate) {
    this.kafka = kafka;
    this.messages = List.copyOf(messages);
    this.rate = rate;
    this.topics = kafka.topics(HeadwaterTopics::of);
    this.registry = SchemaRegistry.at(kafka.registryUrl(), kafka.registryProperties());
  }

  /**
   * Streams until the time is over or somebody asks to stop, then waits for what is under way.
   *
   * @param time how long to send
   * @param stopped asked between messages
   * @param out where insights are printed; empty: nowhere
   */
  DemoSummary run(Duration time, BooleanSupplier stopped, Optional<PrintWriter> out) {
    Instant begun = Instant.now();
    try (DemoWatch watch = DemoWatch.start(kafka, topics, registry, out)) {
      long sent = send(begun.plus(time), stopped);
      watch.await(sent, DRAIN);
      return watch.summary(sent, Duration.between(begun, Instant.now()));
    }
  }

  private long send(Instant end, BooleanSupplier stopped) {
    RecordEncoder<Message> encoder = registry.encoder(topics.messages());
    long intervalNanos = (long) (1e9 / rate);
    long sent = 0;
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(properties())) {
      long next = System.nanoTime();
      while (!stopped.getAsBoolean() && Instant.now().isBefore(end)) {
        long wait = next - System.nanoTime();
        if (wait > 0) {
          TimeUnit.NANOSECONDS.sleep(Math.min(wait, 200_000_000L));
          continue;
        }
        Message message = stamped(messages.get((int) (sent % messages.size())), sent);
        var unused = producer.send(record(message, encoder));
        sent++;
        next += intervalNanos;
      }
      producer.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return sent;
  }

  private ProducerRecord<byte[], byte[]> record(Message message, RecordEncoder<Message> encoder) {
    byte[] key =
        RecordKeys.of(message).map(name -> name.getBytes(StandardCharsets.UTF_8)).orElse(null);
    return new ProducerRecord<>(topics.messages().name(), key, encoder.encode(message));
  }

  private static Message stamped(Message message, long number) {
    Message copy = Message.newBuilder(message).build();
    copy.setId("demo-%06d".formatted(number + 1));
    copy.setSentAt(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    return copy;
  }

  private Map<String, Object> properties() {
    return kafka.forProducer(
        Map.of(
            "key.serializer",
            ByteArraySerializer.class.getName(),
            "value.serializer",
            ByteArraySerializer.class.getName(),
            "acks",
            "all",
            "linger.ms",
            0));
  }
}
