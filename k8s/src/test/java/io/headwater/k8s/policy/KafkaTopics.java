package io.headwater.k8s.policy;

import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.TopicPlan;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics are those that {@code headwater topics create} makes. */
final class KafkaTopics implements Rule {
  @Override
  public List<String> faults(River river) {
    Faults faults = new Faults();
    Map<String, KafkaTopic> written = new TreeMap<>();
    river.all(KafkaTopic.class).forEach(topic -> written.put(topic.getMetadata().getName(), topic));
    KafkaTopic messages = written.get("messages");
    if (messages == null) {
      faults.add("KafkaTopic messages", "is not there");
      return faults.found();
    }
    TopicPlan plan =
        TopicPlan.of(messages.getSpec().getPartitions(), messages.getSpec().getReplicas());
    Set<String> names = new TreeSet<>(written.keySet());
    for (NewTopic planned : plan.planned(new HeadwaterTopics(""))) {
      KafkaTopic topic = written.get(planned.name());
      if (topic == null) {
        faults.add("KafkaTopic " + planned.name(), "is not there");
      } else {
        names.remove(planned.name());
        compare(topic, planned, faults);
      }
    }
    names.forEach(name -> faults.add("KafkaTopic " + name, "is no topic of the river"));
    return faults.found();
  }

  private static void compare(KafkaTopic topic, NewTopic planned, Faults faults) {
    String where = "KafkaTopic " + planned.name();
    faults.unless(
        "river".equals(topic.getMetadata().getLabels().get("strimzi.io/cluster")),
        where,
        "is of no cluster");
    faults.unless(
        topic.getSpec().getPartitions() == planned.numPartitions(),
        where,
        "has %d partitions, not %d"
            .formatted(topic.getSpec().getPartitions(), planned.numPartitions()));
    faults.unless(
        topic.getSpec().getReplicas() == planned.replicationFactor(),
        where,
        "has %d replicas, not %d"
            .formatted(topic.getSpec().getReplicas(), planned.replicationFactor()));
    Map<String, String> settings = new TreeMap<>();
    topic.getSpec().getConfig().forEach((key, value) -> settings.put(key, String.valueOf(value)));
    faults.unless(
        settings.equals(new TreeMap<>(planned.configs())),
        where,
        "has the settings %s, not %s".formatted(settings, new TreeMap<>(planned.configs())));
  }
}
