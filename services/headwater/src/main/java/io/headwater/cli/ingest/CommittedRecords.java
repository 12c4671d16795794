package io.headwater.cli.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads topics between fixed offsets, partition after partition, without a group. One thread; the
 * consumer must read committed records only.
 */
public final class CommittedRecords {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Consumer<byte[], byte[]> consumer;

  public CommittedRecords(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * A part of a partition.
   *
   * @param begin the first offset
   * @param end the offset behind the last
   */
  public record Span(long begin, long end) {}

  /** All that is committed in a topic by now, by partition. */
  public Map<Integer, Span> spans(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
    Map<Integer, Span> spans = new TreeMap<>();
    consumer
        .endOffsets(partitions)
        .forEach(
            (partition, end) ->
                spans.put(partition.partition(), new Span(begin.getOrDefault(partition, 0L), end)));
    return spans;
  }

  /**
   * Reads the spans.
   *
   * @param reader takes each record; false ends the reading
   * @throws TimeoutException when Kafka gives nothing for long
   */
  public void read(
      String topic, Map<Integer, Span> spans, Predicate<ConsumerRecord<byte[], byte[]>> reader) {
    for (Map.Entry<Integer, Span> part : new TreeMap<>(spans).entrySet()) {
      if (!read(new TopicPartition(topic, part.getKey()), part.getValue(), reader)) {
        return;
      }
    }
  }

  /** The record at exactly that place; empty when it is not there, or not any more. */
  public Optional<ConsumerRecord<byte[], byte[]>> at(String topic, int partition, long offset) {
    TopicPartition place = new TopicPartition(topic, partition);
    long begin = consumer.beginningOffsets(List.of(place)).getOrDefault(place, 0L);
    long end = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
    if (offset < begin || offset >= end) {
      return Optional.empty();
    }
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    read(place, new Span(offset, offset + 1), found::add);
    return found.stream().findFirst();
  }

  private boolean read(
      TopicPartition partition, Span span, Predicate<ConsumerRecord<byte[], byte[]>> reader) {
    if (span.begin() >= span.end()) {
      return true;
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, span.begin());
    long position = span.begin();
    long lastStep = System.nanoTime();
    while (position < span.end()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < span.end() && !reader.test(record)) {
          return false;
        }
      }
      long now = consumer.position(partition);
      if (now > position) {
        lastStep = System.nanoTime();
      } else if (System.nanoTime() - lastStep > PATIENCE.toNanos()) {
        throw new TimeoutException("no records of " + partition);
      }
      position = now;
    }
    return true;
  }
}
