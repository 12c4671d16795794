package io.headwater.cli.river;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads insights and dead letters as any client would, on a thread of its own, and counts them. */
final class DemoWatch implements AutoCloseable {
  private static final long PRINT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Consumer<byte[], byte[]> consumer;
  private final RecordDecoder<Insight> insights;
  private final RecordDecoder<DeadLetter> deadLetters;
  private final String insightsTopic;
  private final Optional<PrintWriter> out;
  private final Thread thread = new Thread(this::read, "headwater-demo-watch");
  private final Object lock = new Object();
  private final DemoTally tally = new DemoTally();
  private volatile boolean closing;
  private long lastPrint = System.nanoTime() - PRINT_EVERY_NANOS;

  private DemoWatch(
      KafkaConnection kafka,
      HeadwaterTopics topics,
      SchemaRegistry registry,
      Optional<PrintWriter> out) {
    this.consumer =
        new KafkaConsumer<>(
            kafka.forConsumer(Map.of("isolation.level", "read_committed")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.insights = registry.decoder(topics.insights());
    this.deadLetters = registry.decoder(topics.deadLetters());
    this.insightsTopic = topics.insights().name();
    this.out = out;
  }

  static DemoWatch start(
      KafkaConnection kafka,
      HeadwaterTopics topics,
      SchemaRegistry registry,
      Optional<PrintWriter> out) {
    DemoWatch watch = new DemoWatch(kafka, topics, registry, out);
    List<TopicPartition> partitions =
        List.of(topics.insights().name(), topics.deadLetters().name()).stream()
            .flatMap(topic -> watch.consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    watch.consumer.assign(partitions);
    watch.consumer.seekToBeginning(partitions);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** Waits until that many messages have come out, one way or the other. */
  void await(long messages, Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    synchronized (lock) {
      while (tally.done() < messages && System.nanoTime() < deadline) {
        try {
          TimeUnit.MILLISECONDS.timedWait(lock, 200);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  DemoSummary summary(long sent, Duration elapsed) {
    synchronized (lock) {
      return tally.summary(sent, elapsed);
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (consumer) {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          count(record);
        }
      }
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> record) {
    synchronized (lock) {
      if (!record.topic().equals(insightsTopic)) {
        if (deadLetters.decode(record.value()) instanceof Decoded.Healthy<DeadLetter>) {
          tally.deadLetter();
        }
      } else if (insights.decode(record.value()) instanceof Decoded.Healthy<Insight> healthy) {
        count(healthy.value());
      }
      lock.notifyAll();
    }
  }

  private void count(Insight insight) {
    if (!tally.insight(insight, Instant.now())) {
      return;
    }
    long now = System.nanoTime();
    if (now - lastPrint >= PRINT_EVERY_NANOS) {
      lastPrint = now;
      out.ifPresent(
          writer -> {
            writer.println(InsightLine.of(insight));
            writer.flush();
          });
    }
  }
}
