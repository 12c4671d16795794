package io.headwater.aggregator.feed;

import io.headwater.schemas.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all records of some topics for what this instance shows, without a consumer group: every
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
  private static final long LONGEST_RETRY_MS = 60_000;

  /** More than this is not held to be put in order: a thousand texts of a megabyte are no page. */
  private static final long MOST_BYTES_BACK = 32L * 1024 * 1024;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final String name;
  private final Map<String, FeedShow<?>> shows;
  private final Connection connection;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private final Object lock = new Object();
  private final Map<TopicPartition, Long> shown = new HashMap<>();
  private @Nullable Consumer<byte[], byte[]> current;

  private int failures;

  /** Told whether the reader reads. Called by its thread. */
  @FunctionalInterface
  public interface Connection {
    void connected(boolean now);
  }

  /**
   * A reader, not started.
   *
   * @param name of what is read, for thread and log
   * @param consumers makes a consumer of committed records, without a group
   */
  public FeedReader(
      String name,
      Supplier<Consumer<byte[], byte[]>> consumers,
      List<FeedShow<?>> shows,
      Connection connection) {
    this.name = name;
    this.consumers = consumers;
    this.shows = shows.stream().collect(Collectors.toMap(FeedShow::topic, show -> show));
    this.connection = connection;
    this.thread = new Thread(this::run, "aggregator-" + name);
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
        LOG.debug("{}=woken", name, e);
      } catch (KafkaException | RegistryUnavailableException e) {
        LOG.warn("{}=interrupted retry_in_ms={} reason=\"{}\"", name, retryMs(), e.getMessage());
        pause();
      } catch (RuntimeException e) {
        // The page without its feed is of little use: go on, and say what happened.
        LOG.error("{}=failed retry_in_ms={}", name, retryMs(), e);
        pause();
      } finally {
        connection.connected(false);
        hold(null);
      }
    }
  }

  private void read(Consumer<byte[], byte[]> consumer) {
    Map<String, Integer> backs = new HashMap<>();
    shows.forEach((topic, show) -> backs.put(topic, show.back()));
    FeedAssignment assignment = new FeedAssignment(consumer, backs);
    readBack(consumer, assignment.assignAndSeekBack(shown));
    failures = 0;
    connection.connected(true);
    LOG.info("{}=reading partitions={}", name, consumer.assignment().size());
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
    FeedShow<?> show = shows.get(record.topic());
    if (show != null && !show.show(record, isNew)) {
      // Somebody else writes to our topics. What can be shown is.
      LOG.warn(
          "{}=skipped topic={} partition={} offset={}",
          name,
          record.topic(),
          record.partition(),
          record.offset());
    }
    shown.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
  }

  private void hold(@Nullable Consumer<byte[], byte[]> consumer) {
    synchronized (lock) {
      current = consumer;
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Longer each time: what is missing for long, such as a right to read, is no news. */
  private long retryMs() {
    return Math.min(LONGEST_RETRY_MS, RETRY_MS << Math.min(failures, 10));
  }

  private void pause() {
    try {
      boolean ended = closing.await(retryMs(), TimeUnit.MILLISECONDS);
      failures++;
      LOG.debug("pause_ended_by_close={}", ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
