package io.headwater.cli.ingest;

import io.headwater.cli.CommandFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads one topic from a chosen point on, without a group: nobody else is disturbed. One thread.
 */
final class TopicReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final List<TopicPartition> partitions;

  TopicReader(Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.topic = topic;
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
  }

  /**
   * Goes to where reading begins.
   *
   * @return records that stand before that point and are to be shown first, oldest first
   */
  List<ConsumerRecord<byte[], byte[]>> begin(TailStart start) {
    List<ConsumerRecord<byte[], byte[]>> first =
        start instanceof TailStart.Back back ? last(back.records()) : List.of();
    if (start instanceof TailStart.At at) {
      seekTo(at);
    } else if (!(start instanceof TailStart.Back)) {
      consumer.assign(partitions);
      if (start instanceof TailStart.Beginning) {
        consumer.seekToBeginning(partitions);
      } else if (start instanceof TailStart.Since since) {
        seekTo(since.time());
      } else {
        consumer.seekToEnd(partitions);
        // Seeking is lazy: settle the point now, before the caller says that it listens.
        partitions.forEach(consumer::position);
      }
    }
    return first;
  }

  /** The records that have come; none after a short while. */
  List<ConsumerRecord<byte[], byte[]>> next() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    consumer.poll(POLL).forEach(records::add);
    return records;
  }

  private void seekTo(TailStart.At at) {
    TopicPartition partition = new TopicPartition(topic, at.partition());
    if (!partitions.contains(partition)) {
      throw new CommandFailure(
          "there is no partition %d in %s, which has %d"
              .formatted(at.partition(), topic, partitions.size()));
    }
    consumer.assign(List.of(partition));
    // Past the end Kafka would start at the beginning instead.
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    consumer.seek(partition, Math.min(at.offset(), end));
  }

  private void seekTo(Instant time) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, found) -> {
              if (found == null) {
                consumer.seekToEnd(List.of(partition));
              } else {
                consumer.seek(partition, found.offset());
              }
            });
  }

  /** The last records by their timestamps; the consumer then stands behind them. */
  private List<ConsumerRecord<byte[], byte[]>> last(int count) {
    Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      found.addAll(
          lastOf(
              partition,
              begin.getOrDefault(partition, 0L),
              end.getOrDefault(partition, 0L),
              count));
    }
    consumer.assign(partitions);
    end.forEach(consumer::seek);
    found.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
    return found.subList(Math.max(0, found.size() - count), found.size());
  }

  /**
   * Transactions leave markers between the records, so offsets overcount: goes back further until
   * there are enough.
   */
  private List<ConsumerRecord<byte[], byte[]>> lastOf(
      TopicPartition partition, long begin, long end, int count) {
    consumer.assign(List.of(partition));
    for (long back = count; ; back *= 4) {
      long from = Math.max(begin, end - back);
      List<ConsumerRecord<byte[], byte[]>> records = between(partition, from, end);
      if (records.size() >= count || from == begin) {
        return records.subList(Math.max(0, records.size() - count), records.size());
      }
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> between(
      TopicPartition partition, long from, long end) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    consumer.seek(partition, from);
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < end) {
          records.add(record);
        }
      }
    }
    return records;
  }
}
