package io.headwater.aggregator.topology;

import io.headwater.aggregator.join.Pending;
import io.headwater.avro.Origin;
import io.headwater.schemas.HeadwaterTopics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How far messages and results of one partition have come, to tell what still waits from what waits
 * in vain.
 *
 * <p>Every stage keeps the order of its partition. So once the result of a later message has come,
 * the result of an earlier one can only be a dead letter; and once a later message has been read,
 * an earlier one that is not there never will be. Time tells neither: in a backlog of a month,
 * messages are a month old before their results are made, and one message may name any year.
 * Belongs to the task's stream thread, and starts from nothing with it: what it does not know yet,
 * it takes for waiting.
 */
final class RiverProgress {
  private final String messages;
  private final Map<String, Long> results = new HashMap<>();
  private int partition = -1;
  private long message = -1;

  /**
   * Nothing has come yet.
   *
   * @param messages name of the messages topic
   */
  RiverProgress(String messages) {
    this.messages = messages;
  }

  /** A message was read. */
  void message(Origin origin) {
    partition = origin.getPartition();
    message = Math.max(message, origin.getOffset());
  }

  /** A result has met its message. One that has none may name any offset, and tells nothing. */
  void result(String task, Origin origin) {
    if (isOurs(origin)) {
      results.merge(task, origin.getOffset(), Math::max);
    }
  }

  /** Whether what is missing of an entry can no longer come by itself. */
  boolean waitsInVain(Origin origin, Pending entry) {
    if (!isOurs(origin)) {
      // Of another topic or partition: an outside producer's.
      return partition >= 0;
    }
    if (entry.message().isEmpty()) {
      return message > origin.getOffset();
    }
    Set<String> missing = missing(entry);
    return !missing.isEmpty()
        && missing.stream().allMatch(task -> results.getOrDefault(task, -1L) > origin.getOffset());
  }

  /** Tasks whose results are missing; what was planned is only known once one result is there. */
  private Set<String> missing(Pending entry) {
    Set<String> missing = new HashSet<>();
    entry.sentiment().ifPresent(score -> missing.addAll(score.getPlannedTasks()));
    entry.translation().ifPresent(text -> missing.addAll(text.getPlannedTasks()));
    if (entry.sentiment().isEmpty() && entry.translation().isEmpty()) {
      missing.addAll(results.keySet());
    }
    if (entry.sentiment().isPresent()) {
      missing.remove(HeadwaterTopics.SENTIMENT);
    }
    if (entry.translation().isPresent()) {
      missing.remove(HeadwaterTopics.TRANSLATION);
    }
    return missing;
  }

  private boolean isOurs(Origin origin) {
    return origin.getPartition() == partition && origin.getTopic().equals(messages);
  }
}
