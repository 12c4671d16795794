package io.headwater.scorer;

import io.headwater.schemas.RegistryUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scorer's one thread: poll → cut → score → send → offsets → commit.
 *
 * <p>A unit of work is scored first, and its transaction is opened only then, for the few
 * milliseconds that sending takes: however slow the model, no transaction can time out under it.
 * Between units the broker is told that the instance lives (a poll with all partitions paused), so
 * that long units do not cost it its partitions. A unit that fails because of the environment is
 * taken back to the last committed offsets and tried again; nothing of it was ever visible. If the
 * group has given a partition to another instance meanwhile, the group's metadata in the
 * transaction fence this one off (KIP-447).
 */
final class ScorerLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ScorerLoop.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final Consumer<byte[], byte[]> consumer;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final UnitScorer scorer;
  private final UnitCutter units;
  private final ScorerMetrics metrics;
  private final String topic;
  private volatile boolean closing;
  private volatile boolean assigned;
  private @Nullable Producer<byte[], byte[]> producer;
  private int failures;
  private boolean rewindIsDue;

  /**
   * A loop that has not begun.
   *
   * @param consumer owned by the loop: it subscribes and closes it
   * @param producers makes transactional producers, not initialised; the loop owns and closes them
   */
  ScorerLoop(
      Consumer<byte[], byte[]> consumer,
      Supplier<Producer<byte[], byte[]>> producers,
      UnitScorer scorer,
      UnitCutter units,
      ScorerMetrics metrics,
      String topic) {
    this.consumer = consumer;
    this.producers = producers;
    this.scorer = scorer;
    this.units = units;
    this.metrics = metrics;
    this.topic = topic;
  }

  /** Asks the loop to end after the unit in hand. Any thread. */
  void shutDown() {
    closing = true;
    consumer.wakeup();
  }

  /** Whether the group has given this instance its share of partitions (maybe none). Any thread. */
  boolean isAssigned() {
    return assigned;
  }

  @Override
  public void run() {
    try {
      consumer.subscribe(List.of(topic), new Rebalances());
      while (!closing) {
        turn();
      }
    } catch (WakeupException e) {
      if (!closing) {
        throw e;
      }
    } finally {
      closeClients();
    }
  }

  /** One turn: asks for records when none wait, and does one unit. */
  private void turn() {
    try {
      if (rewindIsDue) {
        rewind();
      }
      if (units.isEmpty()) {
        units.add(consumer.poll(POLL));
      } else {
        stayInGroup();
      }
      List<ConsumerRecord<byte[], byte[]>> unit = units.next();
      if (!unit.isEmpty()) {
        commit(unit, scorer.score(unit));
        metrics.unit(unit.size());
      }
      failures = 0;
    } catch (WakeupException | InterruptException e) {
      closing = true;
    } catch (RegistryUnavailableException e) {
      retry("registry", e);
    } catch (KafkaException e) {
      abort();
      retry("kafka", e);
    }
  }

  /** Lets rebalances happen without taking new records. */
  private void stayInGroup() {
    consumer.pause(consumer.assignment());
    try {
      units.add(consumer.poll(Duration.ZERO));
    } finally {
      consumer.resume(consumer.paused());
    }
  }

  private void commit(
      List<ConsumerRecord<byte[], byte[]>> unit, List<ProducerRecord<byte[], byte[]>> output) {
    Producer<byte[], byte[]> transactional = ready();
    transactional.beginTransaction();
    for (ProducerRecord<byte[], byte[]> record : output) {
      var unused = transactional.send(record);
    }
    transactional.sendOffsetsToTransaction(offsetsAfter(unit), consumer.groupMetadata());
    // Throws when any send has failed: nothing of a unit is committed without the rest.
    transactional.commitTransaction();
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsetsAfter(
      List<ConsumerRecord<byte[], byte[]>> unit) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : unit) {
      offsets.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
    }
    return offsets;
  }

  private Producer<byte[], byte[]> ready() {
    Producer<byte[], byte[]> known = producer;
    if (known == null) {
      known = producers.get();
      producer = known;
      known.initTransactions();
    }
    return known;
  }

  /** Gives the transaction up. A producer that cannot even do that is replaced by a new one. */
  private void abort() {
    Producer<byte[], byte[]> failed = producer;
    if (failed == null) {
      return;
    }
    try {
      failed.abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      LOG.warn("event=producer_replaced reason=\"{}\"", e.getMessage());
      producer = null;
      discard(failed);
    }
  }

  private static void discard(Producer<byte[], byte[]> failed) {
    try {
      failed.close(Duration.ZERO);
    } catch (KafkaException e) {
      LOG.warn("event=producer_close_failed reason=\"{}\"", e.getMessage());
    }
  }

  private void retry(String environment, RuntimeException failure) {
    // The records in hand are given up here, and rewound to before any other is read: after a
    // failed
    // rewind the consumer still stands behind them.
    units.clear();
    rewindIsDue = true;
    failures++;
    metrics.retry();
    long pause = Math.min(LONGEST_PAUSE_MILLIS, 100L << Math.min(failures, 10));
    LOG.warn(
        "event=unit_retry environment={} attempt={} pause_ms={} reason=\"{}\"",
        environment,
        failures,
        pause,
        failure.getMessage());
    try {
      TimeUnit.MILLISECONDS.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  /** Goes back to the committed offsets: whatever was read and not committed is read again. */
  private void rewind() {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(consumer.assignment());
    for (TopicPartition partition : consumer.assignment()) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
    }
    rewindIsDue = false;
  }

  private void closeClients() {
    assigned = false;
    Producer<byte[], byte[]> last = producer;
    if (last != null) {
      last.close(Duration.ofSeconds(10));
    }
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(10)));
  }

  /** Runs inside poll, on the loop's thread, between units: there is never work in hand. */
  private final class Rebalances implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      units.forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      LOG.warn("event=partitions_lost partitions={}", partitions);
      units.forget(partitions);
      assigned = false;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.info("event=partitions_assigned partitions={}", partitions);
      assigned = true;
    }
  }
}
