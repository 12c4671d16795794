package io.headwater.faults.check;

import io.headwater.avro.Insight;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.faults.cluster.CommittedReader;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RegistryUnavailableException;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything that the services write, committed only and from the beginning, on a thread of
 * its own, and hands it to the checker.
 */
public final class InsightReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long REGISTRY_PAUSE_NANOS = 200_000_000;

  private final Checker checker;
  private final RecoveryLog recoveries;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<String, BiConsumer<Place, byte[]>> takers = new HashMap<>();
  private final Thread thread = new Thread(this::read, "faults-reader");
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile boolean finishing;
  private volatile boolean closing;
  private volatile long lastInsightAt;

  public InsightReader(
      Checker checker,
      RecoveryLog recoveries,
      SchemaRegistry registry,
      HeadwaterTopics topics,
      String bootstrapServers) {
    this.checker = checker;
    this.recoveries = recoveries;
    this.consumer = CommittedReader.of(bootstrapServers);
    take(registry, topics.insights(), this::insight);
    take(registry, topics.deadLetters(), (place, letter) -> checker.deadLetter(letter));
    take(registry, topics.sentimentWindows(), (place, window) -> checker.window(window));
    Topic<TokenSequence> tokens = topics.tokens(HeadwaterTopics.SENTIMENT);
    take(registry, tokens, (place, each) -> checker.onTheWay(tokens.name(), each.getOrigin()));
    Topic<SentimentScore> scores = topics.sentimentScores();
    take(registry, scores, (place, each) -> checker.onTheWay(scores.name(), each.getOrigin()));
    this.partitions =
        takers.keySet().stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
  }

  /** Begins to read. */
  public void start() {
    thread.start();
  }

  /** When the last insight came, by {@link System#nanoTime}. */
  public long lastInsightAt() {
    return lastInsightAt;
  }

  /** Why reading failed, if it did: then the run proves nothing. */
  public Optional<Exception> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Reads what is there to the last committed record, and ends. Once nobody writes any more. */
  public void finish() throws InterruptedException {
    finishing = true;
    thread.join();
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join();
    consumer.close();
  }

  private <V extends SpecificRecord> void take(
      SchemaRegistry registry, Topic<V> topic, BiConsumer<Place, V> taker) {
    RecordDecoder<V> decoder = registry.decoder(topic);
    takers.put(
        topic.name(),
        (place, bytes) -> {
          Decoded<V> decoded = decoder.decode(bytes);
          if (decoded instanceof Decoded.Healthy<V> healthy) {
            taker.accept(place, healthy.value());
          } else {
            throw new IllegalStateException(
                "A record of %s is %s".formatted(topic.name(), decoded));
          }
        });
  }

  private void insight(Place place, Insight insight) {
    long now = System.nanoTime();
    lastInsightAt = now;
    checker.insight(place, insight).ifPresent(index -> recoveries.insight(index, now));
  }

  private void read() {
    try {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closing) {
        consumer.poll(POLL).forEach(this::hand);
        if (finishing && isAtEnd()) {
          return;
        }
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private boolean isAtEnd() {
    try {
      return consumer.endOffsets(partitions).entrySet().stream()
          .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    } catch (RetriableException e) {
      return false;
    }
  }

  private void hand(ConsumerRecord<byte[], byte[]> record) {
    BiConsumer<Place, byte[]> taker = takers.get(record.topic());
    if (taker == null) {
      throw new IllegalStateException("Nobody takes " + record.topic());
    }
    Place place =
        new Place(
            record.partition(),
            record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8));
    while (!closing) {
      try {
        taker.accept(place, record.value());
        return;
      } catch (RegistryUnavailableException e) {
        // It may be down on purpose, and this schema not known yet.
        LockSupport.parkNanos(REGISTRY_PAUSE_NANOS);
      }
    }
  }
}
