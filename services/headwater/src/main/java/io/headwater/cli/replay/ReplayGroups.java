package io.headwater.cli.replay;

import io.headwater.avro.ReplayPlan;
import io.headwater.avro.ReplayRange;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ingest.RiverAccess;
import io.headwater.schemas.HeadwaterTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** The consumer groups of a replay and how far they are. */
final class ReplayGroups {
  private final RiverAccess river;
  private final ReplayName name;

  ReplayGroups(RiverAccess river, ReplayName name) {
    this.river = river;
    this.name = name;
  }

  /** Groups of the replay that Kafka knows. */
  List<String> all() {
    return listed().stream().map(GroupListing::groupId).toList();
  }

  /** Groups of the replay that have members. */
  List<String> active() {
    return listed().stream()
        .filter(
            group ->
                group
                    .groupState()
                    .filter(state -> state != GroupState.EMPTY && state != GroupState.DEAD)
                    .isPresent())
        .map(GroupListing::groupId)
        .toList();
  }

  private List<GroupListing> listed() {
    return river.ask(() -> river.admin().listGroups().all().get()).stream()
        .filter(group -> group.groupId().startsWith(name.prefix()))
        .toList();
  }

  /**
   * Makes sure that nobody else runs it.
   *
   * @throws CommandFailure when tokenizers or aggregators are there
   */
  void requireIdle() {
    List<String> scorers = HeadwaterTopics.TASKS.stream().map(name::scorerGroup).toList();
    List<String> busy = active().stream().filter(group -> !scorers.contains(group)).toList();
    if (!busy.isEmpty()) {
      throw new CommandFailure(
          "replay %s is running already (or was killed less than a minute ago)"
              .formatted(name.name()));
    }
  }

  /** Sets where tokenizer and aggregator begin in the source. */
  void begin(ReplayPlan plan) {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    for (ReplayRange range : plan.getRanges()) {
      positions.put(partition(plan, range), new OffsetAndMetadata(range.getFromOffset()));
    }
    for (String group : List.of(name.tokenizerGroup(), name.aggregatorGroup())) {
      river.ask(() -> river.admin().alterConsumerGroupOffsets(group, positions).all().get());
    }
  }

  /**
   * Makes sure that what has not been read yet is still there, and that Kafka still knows how far
   * the replay is.
   *
   * @throws CommandFailure when it cannot be finished
   */
  void requireResumable(ReplayPlan plan) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    plan.getRanges().forEach(range -> wanted.put(partition(plan, range), OffsetSpec.earliest()));
    var begins = river.ask(() -> river.admin().listOffsets(wanted).all().get());
    for (String group : List.of(name.tokenizerGroup(), name.aggregatorGroup())) {
      Map<TopicPartition, Long> committed = committed(group);
      for (ReplayRange range : plan.getRanges()) {
        TopicPartition partition = partition(plan, range);
        Long position = committed.get(partition);
        if (position == null) {
          throw new CommandFailure(
              ("Kafka has forgotten how far replay %s is (offsets.retention.minutes after its last"
                      + " run): delete it with `headwater replay delete %s --yes` and begin anew")
                  .formatted(name.name(), name.name()));
        }
        var begin = begins.get(partition);
        if (begin != null && position < range.getToOffset() && begin.offset() > position) {
          throw new CommandFailure(
              ("messages of %s that replay %s still has to read have been deleted by the topic's"
                      + " retention (offsets %d to %d): delete the replay and begin anew")
                  .formatted(
                      partition,
                      name.name(),
                      position,
                      Math.min(begin.offset(), range.getToOffset()) - 1));
        }
      }
    }
  }

  /** A group's committed offsets. */
  Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    if (all().contains(group)) {
      river
          .ask(
              () ->
                  river
                      .admin()
                      .listConsumerGroupOffsets(group)
                      .partitionsToOffsetAndMetadata()
                      .get())
          .forEach(
              (partition, offset) -> {
                if (offset != null) {
                  offsets.put(partition, offset.offset());
                }
              });
    }
    return offsets;
  }

  static TopicPartition partition(ReplayPlan plan, ReplayRange range) {
    return new TopicPartition(plan.getTopic(), range.getPartition());
  }
}
