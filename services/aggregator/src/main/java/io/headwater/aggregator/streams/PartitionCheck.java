package io.headwater.aggregator.streams;

import io.headwater.runtime.lifecycle.StartException;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** Checks that the topics of the join have the same number of partitions. */
public final class PartitionCheck {
  private PartitionCheck() {}

  /** The topics that the aggregator reads or writes. */
  public static List<Topic<?>> topics(HeadwaterTopics topics) {
    return List.of(
        topics.messages(),
        topics.sentimentScores(),
        topics.translations(),
        topics.insights(),
        topics.sentimentWindows(),
        topics.deadLetters());
  }

  /**
   * The number of partitions that they all have.
   *
   * @param adminProperties of Kafka's admin client
   * @throws StartException when they differ: a message and its results would not meet
   */
  public static int partitions(Map<String, Object> adminProperties, HeadwaterTopics topics)
      throws InterruptedException {
    List<String> names = topics(topics).stream().map(Topic::name).toList();
    try (Admin admin = Admin.create(adminProperties)) {
      Map<String, TopicDescription> found = admin.describeTopics(names).allTopicNames().get();
      int expected = count(found, topics.messages().name());
      for (String name : names) {
        if (count(found, name) != expected) {
          throw new StartException(
              ("Topic %s has %d partitions and %s has %d: a message and its results would not meet;"
                      + " add partitions to the smaller one while the services are stopped")
                  .formatted(name, count(found, name), topics.messages().name(), expected));
        }
      }
      return expected;
    } catch (ExecutionException e) {
      throw new StartException("The topics cannot be described: " + e.getCause(), e);
    }
  }

  private static int count(Map<String, TopicDescription> found, String name) {
    TopicDescription description = found.get(name);
    return description == null ? 0 : description.partitions().size();
  }
}
