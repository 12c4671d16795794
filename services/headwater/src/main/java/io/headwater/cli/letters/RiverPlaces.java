package io.headwater.cli.letters;

import io.headwater.cli.ingest.RiverAccess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The topics of the cluster, asked for when first needed. One thread. */
final class RiverPlaces implements Places {
  private final RiverAccess river;
  private final Map<String, Integer> partitions = new HashMap<>();
  private Set<String> existing = Set.of();

  RiverPlaces(RiverAccess river) {
    this.river = river;
  }

  @Override
  public Optional<String> objection(String topic, int partition) {
    if (topic.equals(river.topics().deadLetters().name())
        || topic.equals(river.topics().replayedLetters().name())) {
      return Optional.of("no service reads the topic %s".formatted(topic));
    }
    int count = partitions.computeIfAbsent(topic, this::ask);
    if (count == 0) {
      return Optional.of("there is no topic %s any more".formatted(topic));
    }
    return partition >= 0 && partition < count
        ? Optional.empty()
        : Optional.of(
            "the topic %s has no partition %d: it has %d".formatted(topic, partition, count));
  }

  private int ask(String topic) {
    return river.ask(
        () -> {
          if (existing.isEmpty()) {
            existing = river.admin().listTopics().names().get();
          }
          if (!existing.contains(topic)) {
            return 0;
          }
          var described = river.admin().describeTopics(List.of(topic)).allTopicNames().get();
          return described.values().stream().mapToInt(found -> found.partitions().size()).sum();
        });
  }
}
