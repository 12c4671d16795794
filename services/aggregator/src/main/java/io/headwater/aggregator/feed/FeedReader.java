package io.headwater.aggregator.feed;

import io.headwater.avro.Insight;
import io.headwater.avro.SentimentWindow;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all insights and windows for the feed of this instance, without a consumer group: every
 * instance shows all. Owns one thread; the consumer belongs to it.
 *
 * <p>It begins a little way back, so that a page has something to show. What it reads back is put
 * in the order of time first: partitions come one after the other.
 */
public final class FeedReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(30);
  private static final long RETRY_MS = 2_000;

  /** More than this is not held to be put in order: a thousand texts of a megabyte are no page. */
  private static final long MOST_BYTES_BACK = 32L * 1024 * 1024;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final RecordDecoder<Insight> insights;
  private final RecordDecoder<SentimentWindow> windows;
  private final LiveFeed feed;
  private final FeedLimits limits;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private final Object lock = new Object();
  private final Map<TopicPartition, Long> shown = new HashMap<>();
  private @Nullable Consumer<byte[], byte[]> current;

  /**
   * A reader, not started.
   *
   * @param consumers makes a consumer of committed records, without a group
   */
  public FeedReader(
      Supplier<Consumer<byte[], byte[]>> consumers,
      RecordDecoder<Insight> insights,
      RecordDecoder<SentimentWindow> windows,
      LiveFeed feed,
      FeedLimits limits) {
    this.consumers = consumers;
    this.insights = insights;
    this.windows = windows;
    this.feed = feed;
    this.limits = limits;
    this.thread = new Thread(this::run, "aggregator-feed");
    this.thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Whether its thread lives. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    closing.countDown();
    synchronized (lock) {
      if (current != null) {
        current.wakeup();
      }
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(15));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isClosing()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        hold(consumer);
        read(consumer);
      } catch (WakeupException e) {
        LOG.debug("feed=woken", e);
      } catch (KafkaException | RegistryUnavailableException e) {
        LOG.warn("feed=interrupted retry_in_ms={} reason=\"{}\"", RETRY_MS, e.getMessage());
        pause();
      } catch (RuntimeException e) {
        // The page without its feed is of little use: go on, and say what happened.
        LOG.error("feed=failed retry_in_ms={}", RETRY_MS, e);
        pause();
      } finally {
        feed.connected(false);
        hold(null);
      }
    }
  }

  private void read(Consumer<byte[], byte[]> consumer) {
    FeedAssignment assignment =
        new FeedAssignment(consumer, List.of(insights.topic().name(), windows.topic().name()));
    readBack(consumer, assignment.assignAndSeekBack(limits.size(), shown));
    feed.connected(true);
    LOG.info("feed=reading partitions={}", consumer.assignment().size());
    long looked = System.nanoTime();
    while (!isClosing()) {
      consumer.poll(POLL).forEach(record -> show(record, true));
      if (System.nanoTime() - looked > LOOK_FOR_PARTITIONS.toNanos()) {
        looked = System.nanoTime();
        assignment.addNewPartitions();
      }
    }
  }

  private void readBack(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    List<ConsumerRecord<byte[], byte[]>> past = new ArrayList<>();
    long bytes = 0;
    while (!isClosing() && !reached(consumer, ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        past.add(record);
        bytes += Math.max(0, record.serializedValueSize());
      }
      if (bytes > MOST_BYTES_BACK) {
        showPast(past);
        bytes = 0;
      }
    }
    showPast(past);
  }

  private void showPast(List<ConsumerRecord<byte[], byte[]>> past) {
    past.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
    past.forEach(record -> show(record, false));
    past.clear();
  }

  private static boolean reached(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void show(ConsumerRecord<byte[], byte[]> record, boolean isNew) {
    if (record.topic().equals(insights.topic().name())) {
      decode(insights, record, value -> feed.publish(value, record.timestamp(), isNew));
    } else {
      decode(windows, record, feed::publish);
    }
    shown.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
  }

  private static <V extends SpecificRecord> void decode(
      RecordDecoder<V> decoder, ConsumerRecord<byte[], byte[]> record, Predicate<V> shown) {
    Decoded<V> decoded = decoder.decode(record.value());
    boolean isShown = decoded instanceof Healthy<V> healthy && shown.test(healthy.value());
    if (!isShown) {
      // Somebody else writes to our topics. The feed shows what it can.
      LOG.warn(
          "feed=skipped topic={} partition={} offset={}",
          record.topic(),
          record.partition(),
          record.offset());
    }
  }

  private void hold(@Nullable Consumer<byte[], byte[]> consumer) {
    synchronized (lock) {
      current = consumer;
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void pause() {
    try {
      boolean ended = closing.await(RETRY_MS, TimeUnit.MILLISECONDS);
      LOG.debug("pause_ended_by_close={}", ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
