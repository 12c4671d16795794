package io.headwater.aggregator.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Which partitions the feed's consumer reads, and from where. */
final class FeedAssignment {
  private final Consumer<byte[], byte[]> consumer;
  private final Map<String, Integer> backs;

  /**
   * Of these topics.
   *
   * @param backs by topic, about how many of its records are read back
   */
  FeedAssignment(Consumer<byte[], byte[]> consumer, Map<String, Integer> backs) {
    this.consumer = consumer;
    this.backs = backs;
  }

  /**
   * Takes all partitions, each from so far back as its topic says.
   *
   * @param shown where earlier reading of this feed ended: it goes on there
   * @return the ends of all partitions now
   */
  Map<TopicPartition, Long> assignAndSeekBack(Map<TopicPartition, Long> shown) {
    Set<TopicPartition> all = partitions();
    Map<String, Long> partitionsOf =
        all.stream().collect(Collectors.groupingBy(TopicPartition::topic, Collectors.counting()));
    consumer.assign(all);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(all));
    for (TopicPartition partition : all) {
      // Each transaction's marker takes an offset as well, hence twice as far.
      long back =
          2L
                  * backs.getOrDefault(partition.topic(), 0)
                  / partitionsOf.getOrDefault(partition.topic(), 1L)
              + 1;
      long end = ends.getOrDefault(partition, 0L);
      long start = shown.getOrDefault(partition, end - back);
      consumer.seek(partition, Math.max(beginnings.getOrDefault(partition, 0L), start));
    }
    return ends;
  }

  /** Takes partitions that were added to a topic, from their beginning. */
  void addNewPartitions() {
    Set<TopicPartition> known = consumer.assignment();
    List<TopicPartition> added = new ArrayList<>(partitions());
    added.removeAll(known);
    if (!added.isEmpty()) {
      Set<TopicPartition> all = new HashSet<>(known);
      all.addAll(added);
      consumer.assign(all);
      consumer.seekToBeginning(added);
    }
  }

  private Set<TopicPartition> partitions() {
    Set<TopicPartition> found = new HashSet<>();
    for (String topic : backs.keySet()) {
      for (PartitionInfo partition : consumer.partitionsFor(topic)) {
        found.add(new TopicPartition(topic, partition.partition()));
      }
    }
    return found;
  }
}
