package io.headwater.cli.ingest;

import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names by which a person may call a topic. */
public final class TopicNames {
  private static final Map<String, String> SHORT =
      Map.of(
          "tokens", "tokens.sentiment",
          "scores", "scores.sentiment",
          "translations", "scores.translation",
          "windows", "sentiment.windows",
          "deadletters", "dead-letters");

  private TopicNames() {}

  /** The topic with that name, with or without the river's prefix; empty when there is none. */
  public static Optional<Topic<?>> find(HeadwaterTopics topics, String name) {
    String full = topics.prefix() + SHORT.getOrDefault(name, name);
    return topics.all().stream()
        .<Topic<?>>map(topic -> topic)
        .filter(topic -> topic.name().equals(full) || topic.name().equals(name))
        .findFirst();
  }

  /** All names. */
  public static List<String> all(HeadwaterTopics topics) {
    return topics.all().stream().map(Topic::name).toList();
  }
}
