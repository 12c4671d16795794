package io.headwater.faults.traffic;

import io.headwater.avro.Message;
import io.headwater.schemas.RecordEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the traffic at a rate, from a thread of its own, until it is told to stop. Its producer is
 * idempotent and never gives up: what it has sent stands in the log exactly once and in order.
 */
public final class Sender implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long IDLE_NANOS = 2_000_000;

  private final Traffic traffic;
  private final RecordEncoder<Message> encoder;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Thread thread = new Thread(this::send, "faults-sender");
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile double rate;
  private volatile long clockShiftMillis;
  private volatile boolean stopping;
  private volatile long lastSentAt;

  public Sender(
      Traffic traffic, RecordEncoder<Message> encoder, String topic, String bootstrapServers) {
    this.traffic = traffic;
    this.encoder = encoder;
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "enable.idempotence",
                true,
                "acks",
                "all",
                "linger.ms",
                5,
                "delivery.timeout.ms",
                (int) PATIENCE.toMillis(),
                "max.block.ms",
                PATIENCE.toMillis(),
                "request.timeout.ms",
                5_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Begins with so many messages a second. */
  public void start(double perSecond) {
    rate = perSecond;
    thread.start();
  }

  /** From now on so many messages a second; 0 is none. */
  public void rate(double perSecond) {
    rate = perSecond;
  }

  /** From now on records are stamped with a clock that is so far ahead; below 0: behind. */
  public void clockShift(Duration ahead) {
    clockShiftMillis = ahead.toMillis();
  }

  /** How many were handed to the producer. */
  public long sent() {
    return sent.get();
  }

  /** When the last one was, by {@link System#nanoTime}. */
  public long lastSentAt() {
    return lastSentAt;
  }

  /** Why sending failed, if it did: then the run proves nothing. */
  public Optional<Exception> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Stops, and waits until Kafka has acknowledged everything. */
  public void finish() throws InterruptedException {
    stopping = true;
    thread.join();
    producer.flush();
  }

  @Override
  public void close() {
    stopping = true;
    producer.close(Duration.ZERO);
  }

  private void send() {
    double due = 0;
    long before = System.nanoTime();
    try {
      while (!stopping) {
        long now = System.nanoTime();
        // What a stalled broker held up is not sent in one gush afterwards.
        due = Math.min(due + rate * (now - before) / 1e9, Math.max(1, rate / 5));
        before = now;
        if (due < 1) {
          LockSupport.parkNanos(IDLE_NANOS);
          continue;
        }
        due--;
        sendNext();
      }
    } catch (RuntimeException e) {
      if (!stopping) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private void sendNext() {
    Planned next = traffic.message(sent.get());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            null,
            System.currentTimeMillis() + clockShiftMillis,
            next.key().getBytes(StandardCharsets.UTF_8),
            encoder.encode(next.message()));
    sent.incrementAndGet();
    lastSentAt = System.nanoTime();
    var unused =
        producer.send(
            record,
            (metadata, fault) -> {
              if (fault != null) {
                failure.compareAndSet(null, fault);
              }
            });
  }
}
