package io.headwater.load.river.pipeline;

import io.headwater.avro.Message;
import io.headwater.load.river.corpus.Traffic;
import io.headwater.schemas.RecordEncoder;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps so many messages in front of a river that it never waits for one, and no more: a stage that
 * could run far ahead of the next would do work in the window whose results come after it. Owned by
 * one thread.
 */
public final class Feed implements AutoCloseable {
  private final Traffic traffic;
  private final String topic;
  private final RecordEncoder<Message> encoder;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private long next;

  public Feed(
      Traffic traffic, String topic, RecordEncoder<Message> encoder, String bootstrapServers) {
    this.traffic = traffic;
    this.topic = topic;
    this.encoder = encoder;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Begins at that number, before anything is sent. */
  public void beginAt(long number) {
    next = number;
  }

  /** Sends up to that number, which is not sent. */
  public void upTo(long end) {
    while (next < end) {
      var unused =
          producer.send(
              traffic.record(topic, encoder, next++),
              (metadata, fault) -> {
                if (fault != null) {
                  failure.compareAndSet(null, fault);
                }
              });
    }
    Exception fault = failure.get();
    if (fault != null) {
      throw new IllegalStateException("A message could not be sent", fault);
    }
  }

  /** The number that comes next. */
  public long next() {
    return next;
  }

  /** Waits until Kafka has all. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
