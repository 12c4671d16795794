package io.headwater.aggregator.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Which partitions the feed's consumer reads, and from where. */
final class FeedAssignment {
  private final Consumer<byte[], byte[]> consumer;
  private final List<String> topics;

  FeedAssignment(Consumer<byte[], byte[]> consumer, List<String> topics) {
    this.consumer = consumer;
    this.topics = topics;
  }

  /**
   * Takes all partitions, each from so far back that about {@code records} of a topic are read.
   *
   * @param shown where earlier reading of this feed ended: it goes on there
   * @return the ends of all partitions now
   */
  Map<TopicPartition, Long> assignAndSeekBack(int records, Map<TopicPartition, Long> shown) {
    Set<TopicPartition> all = partitions();
    consumer.assign(all);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(all));
    // Each transaction's marker takes an offset as well, hence twice as far.
    long back = 2L * records * topics.size() / Math.max(1, all.size()) + 1;
    for (TopicPartition partition : all) {
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
    for (String topic : topics) {
      for (PartitionInfo partition : consumer.partitionsFor(topic)) {
        found.add(new TopicPartition(topic, partition.partition()));
      }
    }
    return found;
  }
}
