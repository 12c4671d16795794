package io.headwater.cli.replay;

import io.headwater.avro.ReplayRange;
import io.headwater.cli.CommandFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the records of a range of time in a topic, and reads them through once: only that tells how
 * many there are, since offsets count markers of transactions too. One thread; use once.
 */
final class SourceScan {
  private static final Duration POLL = Duration.ofMillis(300);

  private final Consumer<byte[], byte[]> consumer;
  private final BooleanSupplier isStopped;
  private final LongConsumer progress;
  private final Map<TopicPartition, Stretch> stretches = new HashMap<>();
  private long counted;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /**
   * What has been found.
   *
   * @param ranges of all partitions, by number; empty ones too
   * @param first smallest timestamp
   * @param last largest timestamp
   */
  record Found(List<ReplayRange> ranges, Instant first, Instant last) {
    Found {
      ranges = List.copyOf(ranges);
    }

    long messages() {
      return ranges.stream().mapToLong(ReplayRange::getMessages).sum();
    }
  }

  private static final class Stretch {
    private final long from;
    private final long limit;
    private long end;
    private long messages;

    private Stretch(long from, long limit) {
      this.from = from;
      this.limit = Math.max(from, limit);
      this.end = from;
    }
  }

  /**
   * A scan that has not begun.
   *
   * @param consumer without a group, reading what is committed; stays the caller's
   * @param isStopped ends the scan with a {@link CommandFailure}
   * @param progress is told the number of records, now and then
   */
  SourceScan(Consumer<byte[], byte[]> consumer, BooleanSupplier isStopped, LongConsumer progress) {
    this.consumer = consumer;
    this.isStopped = isStopped;
    this.progress = progress;
  }

  /** Scans a topic. */
  Found scan(String topic, TimePoint from, TimePoint to) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    Map<TopicPartition, Long> begins = offsets(partitions, from);
    Map<TopicPartition, Long> ends = offsets(partitions, to);
    partitions.forEach(
        partition ->
            stretches.put(
                partition,
                new Stretch(begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L))));
    count();
    return new Found(
        stretches.entrySet().stream()
            .map(entry -> range(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingInt(ReplayRange::getPartition))
            .toList(),
        Instant.ofEpochMilli(counted == 0 ? 0 : first),
        Instant.ofEpochMilli(counted == 0 ? 0 : last));
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, TimePoint point) {
    Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
    if (point.equals(TimePoint.EARLIEST)) {
      offsets.putAll(consumer.beginningOffsets(partitions));
    }
    point
        .time()
        .ifPresent(
            time -> {
              Map<TopicPartition, Long> times = new HashMap<>();
              partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
              consumer
                  .offsetsForTimes(times)
                  .forEach(
                      (partition, found) -> {
                        // None found: nothing is that young, and the end is right.
                        if (found != null) {
                          offsets.merge(partition, found.offset(), Math::min);
                        }
                      });
            });
    return offsets;
  }

  private void count() {
    Collection<TopicPartition> open = new ArrayList<>();
    stretches.forEach(
        (partition, stretch) -> {
          if (stretch.from < stretch.limit) {
            open.add(partition);
          }
        });
    consumer.assign(open);
    open.forEach(partition -> consumer.seek(partition, stretch(partition).from));
    while (!open.isEmpty()) {
      if (isStopped.getAsBoolean()) {
        throw new CommandFailure("stopped while the messages were counted; nothing is planned yet");
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        count(record);
      }
      progress.accept(counted);
      open.removeIf(
          partition -> {
            boolean done = consumer.position(partition) >= stretch(partition).limit;
            if (done) {
              consumer.pause(List.of(partition));
            }
            return done;
          });
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> record) {
    Stretch stretch = stretch(new TopicPartition(record.topic(), record.partition()));
    if (record.offset() < stretch.limit) {
      stretch.messages++;
      stretch.end = record.offset() + 1;
      counted++;
      first = Math.min(first, Math.max(0, record.timestamp()));
      last = Math.max(last, Math.max(0, record.timestamp()));
    }
  }

  private Stretch stretch(TopicPartition partition) {
    Stretch stretch = stretches.get(partition);
    if (stretch == null) {
      throw new IllegalStateException("A record of another topic");
    }
    return stretch;
  }

  private static ReplayRange range(TopicPartition partition, Stretch stretch) {
    return new ReplayRange(partition.partition(), stretch.from, stretch.end, stretch.messages);
  }
}
