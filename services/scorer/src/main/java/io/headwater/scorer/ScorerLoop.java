package io.headwater.scorer;

import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.runtime.faults.TooManyDeadLettersException;
import io.headwater.schemas.RegistryUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
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
 * A task's one thread: poll → cut → score → send → offsets → commit.
 *
 * <p>A unit of work is scored first, and its transaction is opened only then, for the few
 * milliseconds that sending takes: however slow the model, no transaction can time out under it.
 * Between units, and between the steps of a long one, the broker is told that the instance lives (a
 * poll with all partitions paused), so that no work is long enough to cost it its partitions. If
 * the group takes a partition of the unit in hand at such a poll, the unit is given up. A unit that
 * fails because of the environment is taken back to the last committed offsets and tried again;
 * nothing of it was ever visible. If the group has given a partition to another instance without
 * this one knowing, the group's metadata in the transaction fence it off (KIP-447).
 *
 * <p>While the breaker is open nothing is read, and the unit that opened it is not committed.
 */
final class ScorerLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ScorerLoop.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  /** Far below max.poll.interval.ms, far above the time of a batch. */
  private static final long PULSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final String task;
  private final Consumer<byte[], byte[]> consumer;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final String topic;
  private final UnitScorer<?> scorer;
  private final UnitCutter units;
  private final ScorerMetrics metrics;
  private final DeadLetterBreaker breaker;
  private final LongSupplier nanoTime;
  private volatile boolean closing;
  private volatile boolean assigned;
  private @Nullable Producer<byte[], byte[]> producer;
  private List<ConsumerRecord<byte[], byte[]>> inHand = List.of();
  private boolean unitLost;
  private long lastPoll;
  private int failures;
  private boolean rewindIsDue;

  /**
   * A loop that has not begun.
   *
   * @param clients owned by the loop
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  ScorerLoop(
      LoopClients clients,
      UnitScorer<?> scorer,
      UnitCutter units,
      ScorerMetrics metrics,
      DeadLetterBreaker breaker,
      LongSupplier nanoTime) {
    this.task = clients.task();
    this.consumer = clients.consumer();
    this.producers = clients.producers();
    this.topic = clients.topic();
    this.scorer = scorer;
    this.units = units;
    this.metrics = metrics;
    this.breaker = breaker;
    this.nanoTime = nanoTime;
  }

  /** Asks the loop to end after the unit in hand, or, when that is long, without it. Any thread. */
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
      if (!breaker.mayRead()) {
        stayInGroup(POLL);
        return;
      }
      if (rewindIsDue) {
        rewind();
      }
      if (units.isEmpty()) {
        units.add(consumer.poll(POLL));
        lastPoll = nanoTime.getAsLong();
      } else {
        stayInGroup(Duration.ZERO);
      }
      work(units.next());
      failures = 0;
    } catch (WakeupException | InterruptException e) {
      closing = true;
    } catch (UnitLostException e) {
      LOG.info("event=unit_given_up task={} reason=\"{}\"", task, e.getMessage());
      takeBack();
    } catch (TooManyDeadLettersException e) {
      // Told by the breaker; what has failed is still uncommitted, and is read again later.
      takeBack();
    } catch (RegistryUnavailableException e) {
      retry(ScorerMetrics.REGISTRY, e);
    } catch (KafkaException e) {
      abort();
      retry(ScorerMetrics.KAFKA, e);
    }
  }

  private void work(List<ConsumerRecord<byte[], byte[]>> unit) {
    if (unit.isEmpty()) {
      return;
    }
    inHand = unit;
    unitLost = false;
    try {
      ScoredUnit scored = scorer.score(unit, this::pulse);
      judge(scored);
      commit(unit, scored);
      metrics.committed(scored);
    } finally {
      inHand = List.of();
    }
  }

  /** Between two steps of the unit in hand: the group must hear of its member. */
  private void pulse() {
    if (nanoTime.getAsLong() - lastPoll < PULSE_NANOS) {
      return;
    }
    stayInGroup(Duration.ZERO);
    if (unitLost) {
      throw new UnitLostException("the group has moved partitions of the unit in hand");
    }
  }

  private void judge(ScoredUnit scored) {
    for (ScoredUnit.Answer answer : scored.answers()) {
      answer.cause().ifPresentOrElse(cause -> breaker.failed(cause.name()), breaker::passed);
    }
    breaker.check();
  }

  /** Lets rebalances happen without taking new records. */
  private void stayInGroup(Duration patience) {
    consumer.pause(consumer.assignment());
    try {
      units.add(consumer.poll(patience));
      lastPoll = nanoTime.getAsLong();
    } finally {
      consumer.resume(consumer.paused());
    }
  }

  private void commit(List<ConsumerRecord<byte[], byte[]>> unit, ScoredUnit scored) {
    Producer<byte[], byte[]> transactional = ready();
    transactional.beginTransaction();
    for (ScoredUnit.Answer answer : scored.answers()) {
      for (ProducerRecord<byte[], byte[]> record : answer.records()) {
        var unused = transactional.send(record);
      }
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
      LOG.warn("event=producer_replaced task={} reason=\"{}\"", task, e.getMessage());
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
    takeBack();
    failures++;
    metrics.retry(environment);
    long pause = Math.min(LONGEST_PAUSE_MILLIS, 100L << Math.min(failures, 10));
    LOG.warn(
        "event=unit_retry task={} environment={} attempt={} pause_ms={} reason=\"{}\"",
        task,
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

  /**
   * Gives up the records in hand. They are rewound to before any other is read: after a failed
   * rewind the consumer still stands behind them.
   */
  private void takeBack() {
    units.clear();
    rewindIsDue = true;
  }

  /** Goes back to the committed offsets: whatever was read and not committed is read again. */
  private void rewind() {
    // Records of partitions that came meanwhile may wait here: they are read again as well.
    units.clear();
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

  /** Runs inside poll, on the loop's thread, between two units or two steps of one. */
  private final class Rebalances implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      LOG.warn("event=partitions_lost task={} partitions={}", task, partitions);
      forget(partitions);
      assigned = false;
    }

    private void forget(Collection<TopicPartition> partitions) {
      units.forget(partitions);
      unitLost |=
          inHand.stream()
              .anyMatch(
                  record ->
                      partitions.contains(new TopicPartition(record.topic(), record.partition())));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.info("event=partitions_assigned task={} partitions={}", task, partitions);
      assigned = true;
    }
  }
}
