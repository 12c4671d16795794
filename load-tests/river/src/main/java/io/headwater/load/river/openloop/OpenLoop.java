package io.headwater.load.river.openloop;

import io.headwater.avro.Message;
import io.headwater.load.river.corpus.Traffic;
import io.headwater.load.river.pipeline.ResultTap;
import io.headwater.load.river.pipeline.Seen;
import io.headwater.schemas.RecordEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends each message when it is due, from a thread of its own, while the caller's thread reads what
 * comes back.
 */
public final class OpenLoop {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration LAST_LIMIT = Duration.ofSeconds(60);

  private final Traffic traffic;
  private final long base;
  private final String topic;
  private final RecordEncoder<Message> encoder;
  private final String bootstrapServers;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * Nothing is sent yet.
   *
   * @param base number of the first message; results with lower ones are someone else's
   */
  public OpenLoop(
      Traffic traffic,
      long base,
      String topic,
      RecordEncoder<Message> encoder,
      String bootstrapServers) {
    this.traffic = traffic;
    this.base = base;
    this.topic = topic;
    this.encoder = encoder;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Sends so many messages, and returns once all are back, or a minute after the last was sent.
   *
   * @param warmUp so many of the first are not counted
   */
  public LatencyBook run(Schedule schedule, int messages, int warmUp, ResultTap results)
      throws InterruptedException {
    LatencyBook book = new LatencyBook(messages, warmUp);
    Thread sender = new Thread(() -> send(schedule, messages, book), "load-sender");
    sender.start();
    try {
      long end = Long.MAX_VALUE;
      while (book.arrived() < messages && System.nanoTime() < end) {
        for (Seen seen : results.poll(LOOK)) {
          long number = seen.number() - base;
          if (number >= 0 && number < messages) {
            book.back((int) number, System.nanoTime());
          }
        }
        if (!sender.isAlive() && end == Long.MAX_VALUE) {
          end = System.nanoTime() + LAST_LIMIT.toNanos();
        }
        refuseFailure();
      }
    } finally {
      sender.interrupt();
      sender.join();
    }
    refuseFailure();
    return book;
  }

  private void refuseFailure() {
    Exception fault = failure.get();
    if (fault != null) {
      throw new IllegalStateException("A message could not be sent", fault);
    }
  }

  private void send(Schedule schedule, int messages, LatencyBook book) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      // So that the first message does not pay for what a sender learns once.
      producer.partitionsFor(topic);
      long start = System.nanoTime();
      for (int number = 0; number < messages && !Thread.currentThread().isInterrupted(); number++) {
        long dueAt = start + schedule.dueAt(number);
        awaitUntil(dueAt);
        var record = traffic.record(topic, encoder, base + number);
        book.sent(number, dueAt, System.nanoTime());
        var unused =
            producer.send(
                record,
                (metadata, fault) -> {
                  if (fault != null) {
                    failure.compareAndSet(null, fault);
                  }
                });
      }
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private static void awaitUntil(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }
}
