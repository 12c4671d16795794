package io.headwater.aggregator.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks the broker once how far each stage has read. What it may not see, or what is not there, does
 * not keep it from telling the rest. Belongs to one thread.
 */
final class LagProbe {
  private static final int TIMEOUT_MS = 5_000;

  private final Admin admin;
  private final List<StageReads> reads;
  private Optional<String> error = Optional.empty();

  LagProbe(Admin admin, List<StageReads> reads) {
    this.admin = admin;
    this.reads = reads;
  }

  LagReport ask() throws InterruptedException {
    error = Optional.empty();
    Map<String, List<TopicPartition>> partitions = partitions();
    List<TopicPartition> all = partitions.values().stream().flatMap(List::stream).toList();
    Map<TopicPartition, Long> begins = offsets(all, OffsetSpec.earliest());
    Map<TopicPartition, Long> ends = offsets(all, OffsetSpec.latest());
    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed();
    List<StageLag> stages = new ArrayList<>();
    for (StageReads read : reads) {
      Map<TopicPartition, OffsetAndMetadata> positions = committed.get(read.group());
      if (positions != null) {
        for (String topic : topics(read)) {
          long marker = read.results().contains(topic) ? 1 : 0;
          Optional<Long> records =
              lag(partitions.getOrDefault(topic, List.of()), positions, begins, ends, marker);
          records.ifPresent(
              count -> stages.add(new StageLag(read.stage(), read.group(), topic, count)));
        }
      }
    }
    return new LagReport(stages, error);
  }

  /** The records of a topic that are left; empty for one that is not read, and holds nothing. */
  private static Optional<Long> lag(
      List<TopicPartition> partitions,
      Map<TopicPartition, OffsetAndMetadata> positions,
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends,
      long marker) {
    boolean isRead = false;
    long sum = 0;
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata position = positions.get(partition);
      Long begin = begins.get(partition);
      Long end = ends.get(partition);
      if (begin == null || end == null) {
        return Optional.empty();
      }
      isRead |= position != null;
      OptionalLong at =
          position == null ? OptionalLong.empty() : OptionalLong.of(position.offset());
      sum += left(at, begin, end, marker);
    }
    return isRead || sum > 0 ? Optional.of(sum) : Optional.empty();
  }

  /**
   * Records that are left of a partition.
   *
   * @param position that the group has committed: one that has none begins at the beginning
   * @param marker offsets at the end that are a transaction's, and no record
   */
  static long left(OptionalLong position, long begin, long end, long marker) {
    // Records that were deleted before they were read are no longer to be read.
    return Math.max(0, end - Math.max(begin, position.orElse(begin)) - marker);
  }

  private static List<String> topics(StageReads read) {
    List<String> topics = new ArrayList<>(read.plain());
    topics.addAll(read.results());
    return topics;
  }

  private Map<String, List<TopicPartition>> partitions() throws InterruptedException {
    Set<String> names = new LinkedHashSet<>();
    reads.forEach(read -> names.addAll(topics(read)));
    Map<String, KafkaFuture<TopicDescription>> found =
        admin
            .describeTopics(names, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
            .topicNameValues();
    Map<String, List<TopicPartition>> partitions = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : found.entrySet()) {
      answer(topic.getValue(), "topic " + topic.getKey())
          .ifPresent(
              description ->
                  partitions.put(
                      topic.getKey(),
                      description.partitions().stream()
                          .map(info -> new TopicPartition(topic.getKey(), info.partition()))
                          .toList()));
    }
    return partitions;
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec)
      throws InterruptedException {
    // Readers see no further than the first open transaction.
    ListOffsetsOptions options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    options.timeoutMs(TIMEOUT_MS);
    ListOffsetsResult result =
        admin.listOffsets(
            partitions.stream().collect(Collectors.toMap(partition -> partition, each -> spec)),
            options);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      answer(result.partitionResult(partition), "offsets of " + partition)
          .ifPresent(info -> offsets.put(partition, info.offset()));
    }
    return offsets;
  }

  private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed()
      throws InterruptedException {
    Map<String, ListConsumerGroupOffsetsSpec> wanted = new HashMap<>();
    reads.forEach(read -> wanted.put(read.group(), new ListConsumerGroupOffsetsSpec()));
    var result =
        admin.listConsumerGroupOffsets(
            wanted, new ListConsumerGroupOffsetsOptions().timeoutMs(TIMEOUT_MS));
    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();
    for (String group : wanted.keySet()) {
      KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> asked =
          result.partitionsToOffsetAndMetadata(group);
      try {
        committed.put(group, asked.get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof GroupIdNotFoundException) {
          // It has never committed anything: all is before it.
          committed.put(group, Map.of());
        } else {
          failed("group " + group, e);
        }
      } catch (TimeoutException e) {
        failed("group " + group, e);
      }
    }
    return committed;
  }

  private <T> Optional<T> answer(KafkaFuture<T> asked, String what) throws InterruptedException {
    try {
      return Optional.of(asked.get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        failed(what, e);
      }
    } catch (TimeoutException e) {
      failed(what, e);
    }
    return Optional.empty();
  }

  private void failed(String what, Exception told) {
    if (error.isEmpty()) {
      Throwable failure = told.getCause() == null ? told : told.getCause();
      String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
      error = Optional.of("%s: %s: %s".formatted(what, failure.getClass().getSimpleName(), reason));
    }
  }
}
