package io.headwater.schemas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics as they must be in the cluster.
 *
 * @param partitions of every topic of the flow: the same number, since the aggregator's join is
 *     local to a partition; those that are compacted have one
 * @param replication copies of each partition
 * @param maxRecordBytes largest record; token sequences are larger than their texts
 */
public record TopicPlan(int partitions, short replication, int maxRecordBytes) {
  /** Room for a text of 1 MiB as tokens: three int32 for each token, in overlapping segments. */
  public static final int DEFAULT_MAX_RECORD_BYTES = 16 * 1024 * 1024;

  /** A dead letter holds a whole record, and has its key twice: it must always fit. */
  public static final int MAX_DEAD_LETTER_BYTES = 2 * DEFAULT_MAX_RECORD_BYTES + 1024 * 1024;

  /** A plan with the default size of records. */
  public static TopicPlan of(int partitions, int replication) {
    return new TopicPlan(partitions, (short) replication, DEFAULT_MAX_RECORD_BYTES);
  }

  public TopicPlan {
    if (partitions < 1 || replication < 1) {
      throw new IllegalArgumentException("Partitions and replication are at least 1");
    }
  }

  /**
   * Creates the topics that are not there yet.
   *
   * @return the names of those created
   * @throws IllegalStateException when an existing topic has another number of partitions
   */
  public List<String> create(Admin admin, HeadwaterTopics topics)
      throws InterruptedException, ExecutionException {
    return create(admin, topics, topics.all(), Map.of());
  }

  /**
   * Creates the topics of a replay's results, as {@link #create}. They are kept until somebody
   * deletes them: their records have the times of the old messages, and a retention by time would
   * delete them before they are read.
   *
   * @param topics those of the replay; its source must exist
   */
  public List<String> createForReplay(Admin admin, HeadwaterTopics topics)
      throws InterruptedException, ExecutionException {
    return create(
        admin, topics, topics.results(), Map.of("retention.ms", "-1", "retention.bytes", "-1"));
  }

  /** Creates the topic of the replays' plans, unless it is there. */
  public void createPlans(Admin admin, HeadwaterTopics topics)
      throws InterruptedException, ExecutionException {
    create(admin, topics, List.of(topics.replays()), Map.of());
  }

  private List<String> create(
      Admin admin, HeadwaterTopics topics, List<Topic<?>> wanted, Map<String, String> settings)
      throws InterruptedException, ExecutionException {
    Set<String> existing = admin.listTopics().names().get();
    List<NewTopic> missing = new ArrayList<>();
    Set<String> present = new HashSet<>();
    for (Topic<?> topic : wanted) {
      if (existing.contains(topic.name())) {
        present.add(topic.name());
      } else {
        missing.add(planned(topic, topics, settings));
      }
    }
    checkPartitions(admin, present, topics);
    List<String> created = new ArrayList<>();
    for (var result : admin.createTopics(missing).values().entrySet()) {
      try {
        result.getValue().get();
        created.add(result.getKey());
      } catch (ExecutionException e) {
        // Two instances may start at once: the other one was faster.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    return created;
  }

  /** Every topic as {@link #create} makes it. */
  public List<NewTopic> planned(HeadwaterTopics topics) {
    return topics.all().stream().map(topic -> planned(topic, topics, Map.of())).toList();
  }

  private NewTopic planned(Topic<?> topic, HeadwaterTopics topics, Map<String, String> more) {
    boolean compacted = topics.compacted().contains(topic);
    int limit =
        topic.equals(topics.deadLetters())
            ? Math.max(maxRecordBytes, MAX_DEAD_LETTER_BYTES)
            : maxRecordBytes;
    Map<String, String> settings = new HashMap<>(more);
    settings.put("cleanup.policy", compacted ? "compact" : "delete");
    settings.put("max.message.bytes", Integer.toString(limit));
    settings.put("message.timestamp.type", "CreateTime");
    return new NewTopic(topic.name(), compacted ? 1 : partitions, replication).configs(settings);
  }

  private void checkPartitions(Admin admin, Set<String> present, HeadwaterTopics topics)
      throws InterruptedException, ExecutionException {
    var descriptions = admin.describeTopics(present).allTopicNames().get();
    int expected =
        descriptions.containsKey(topics.messages().name())
            ? descriptions.get(topics.messages().name()).partitions().size()
            : partitions;
    List<String> compacted = topics.compacted().stream().map(Topic::name).toList();
    for (var topic : descriptions.values()) {
      int actual = topic.partitions().size();
      if (actual != expected && !compacted.contains(topic.name())) {
        throw new IllegalStateException(
            ("Topic %s has %d partitions and the others have %d: the join of a message with its"
                    + " results needs the same number everywhere; add partitions to the smaller ones"
                    + " while the services are stopped")
                .formatted(topic.name(), actual, expected));
      }
    }
  }
}
