package io.headwater.cli.replay;

import io.headwater.avro.ReplayPlan;
import io.headwater.avro.ReplayRange;
import io.headwater.cli.ingest.RiverAccess;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What lies before each service of a replay, for when nothing moves. */
final class ReplayBacklog {
  private final RiverAccess river;
  private final ReplayName name;
  private final ReplayPlan plan;
  private final HeadwaterTopics topics;

  /**
   * The backlog of a replay.
   *
   * @param topics those of the replay
   */
  ReplayBacklog(RiverAccess river, ReplayName name, ReplayPlan plan, HeadwaterTopics topics) {
    this.river = river;
    this.name = name;
    this.plan = plan;
    this.topics = topics;
  }

  /** A line for each step. Offsets are counted, so that markers of transactions count too. */
  List<String> lines() {
    ReplayGroups groups = new ReplayGroups(river, name);
    Map<TopicPartition, Long> tokenizer = groups.committed(name.tokenizerGroup());
    Map<TopicPartition, Long> aggregator = groups.committed(name.aggregatorGroup());
    boolean translates = ReplayReport.models(plan).containsKey(HeadwaterTopics.TRANSLATION);
    List<String> lines = new ArrayList<>();
    lines.add("tokenizer: %,d to read of %s".formatted(ofSource(tokenizer), plan.getTopic()));
    if (translates) {
      lines.add(scorer(groups, HeadwaterTopics.TRANSLATION));
      lines.add("tokenizer: " + upTo(tokenizer, topics.translations()));
    }
    lines.add(scorer(groups, HeadwaterTopics.SENTIMENT));
    lines.add("aggregator: %,d to read of %s".formatted(ofSource(aggregator), plan.getTopic()));
    if (translates) {
      lines.add("aggregator: " + upTo(aggregator, topics.translations()));
    }
    lines.add("aggregator: " + upTo(aggregator, topics.sentimentScores()));
    return lines;
  }

  private String scorer(ReplayGroups groups, String task) {
    return "scorer: " + upTo(groups.committed(name.scorerGroup(task)), topics.tokens(task));
  }

  private String upTo(Map<TopicPartition, Long> committed, Topic<?> topic) {
    return "up to %,d to read of %s".formatted(ofTopic(committed, topic.name()), topic.name());
  }

  private long ofSource(Map<TopicPartition, Long> committed) {
    long left = 0;
    for (ReplayRange range : plan.getRanges()) {
      long position =
          committed.getOrDefault(ReplayGroups.partition(plan, range), range.getFromOffset());
      left += Math.max(0, range.getToOffset() - position);
    }
    return left;
  }

  private long ofTopic(Map<TopicPartition, Long> committed, String topic) {
    long left = 0;
    for (var end : ends(topic).entrySet()) {
      left += Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L));
    }
    return left;
  }

  /** Where committed records of a replay's topic end. */
  Map<TopicPartition, Long> ends(String topic) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    plan.getRanges()
        .forEach(
            range ->
                wanted.put(new TopicPartition(topic, range.getPartition()), OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    river
        .ask(
            () ->
                river
                    .admin()
                    .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }
}
