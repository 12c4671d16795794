package io.headwater.scorer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Kafka's mock consumer over a log that stays: what was read can be read again after a seek, as
 * from a broker.
 */
final class LogConsumer extends MockConsumer<byte[], byte[]> {
  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> log = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
  private Runnable idle = () -> {};
  private int tasks;
  private int failingOffsetQuestions;
  private int pollsWhilePaused;

  LogConsumer(String topic) {
    super("earliest");
    Map<TopicPartition, Long> beginnings = new HashMap<>();
    for (int partition = 0; partition < 8; partition++) {
      beginnings.put(new TopicPartition(topic, partition), 0L);
    }
    updateBeginningOffsets(beginnings);
  }

  void append(ConsumerRecord<byte[], byte[]> record) {
    log.computeIfAbsent(
            new TopicPartition(record.topic(), record.partition()), unused -> new ArrayList<>())
        .add(record);
  }

  /** Runs a task in one of the next polls: each poll runs one. */
  void atPoll(Runnable task) {
    tasks++;
    schedulePollTask(
        () -> {
          tasks--;
          task.run();
        });
  }

  /** Called in a poll that finds nothing, when no task waits. */
  void whenIdle(Runnable action) {
    idle = action;
  }

  /** The next questions for committed offsets are not answered. */
  void failOffsetQuestions(int times) {
    failingOffsetQuestions = times;
  }

  /** Polls that only told the group of its member. */
  int pollsWhilePaused() {
    return pollsWhilePaused;
  }

  void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    committed.putAll(offsets);
    commitSync(offsets);
  }

  Map<TopicPartition, OffsetAndMetadata> committedOffsets() {
    return committed;
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions) {
    if (failingOffsetQuestions > 0) {
      failingOffsetQuestions--;
      throw new TimeoutException("no answer for the committed offsets");
    }
    return super.committed(partitions);
  }

  /** As the real one: only what is still assigned. */
  @Override
  public synchronized Set<TopicPartition> paused() {
    return super.paused().stream().filter(assignment()::contains).collect(Collectors.toSet());
  }

  @Override
  public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    if (!assignment().isEmpty() && paused().containsAll(assignment())) {
      pollsWhilePaused++;
    }
    var unused = super.poll(timeout);
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> fetched = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (TopicPartition partition : Set.copyOf(assignment())) {
      List<ConsumerRecord<byte[], byte[]>> records =
          paused().contains(partition) ? List.of() : from(partition, position(partition));
      if (!records.isEmpty()) {
        long end = records.get(records.size() - 1).offset() + 1;
        seek(partition, end);
        fetched.put(partition, records);
        next.put(partition, new OffsetAndMetadata(end));
      }
    }
    if (fetched.isEmpty() && paused().isEmpty() && tasks == 0) {
      idle.run();
    }
    return new ConsumerRecords<>(fetched, next);
  }

  private List<ConsumerRecord<byte[], byte[]>> from(TopicPartition partition, long offset) {
    return log.getOrDefault(partition, List.of()).stream()
        .filter(record -> record.offset() >= offset)
        .toList();
  }
}
