package io.headwater.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.k8s.manifest.Manifest;
import io.headwater.schemas.HeadwaterGroups;
import io.headwater.schemas.HeadwaterTopics;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Never more pods of a stage than partitions, and scaling by the lag of the right group on the
 * right topics.
 */
final class Scaling implements Rule {
  private static final HeadwaterTopics TOPICS = new HeadwaterTopics("");
  private static final HeadwaterGroups GROUPS = new HeadwaterGroups("");

  /** What each scaled stage reads. */
  private static final Map<String, Stage> STAGES =
      Map.of(
          "tokenizer",
          new Stage(
              GROUPS.tokenizer(), Set.of(TOPICS.messages().name(), TOPICS.translations().name())),
          "scorer-sentiment",
          stage(HeadwaterTopics.SENTIMENT),
          "scorer-translation",
          stage(HeadwaterTopics.TRANSLATION));

  private record Stage(String group, Set<String> topics) {}

  private static Stage stage(String task) {
    return new Stage(GROUPS.scorer(task), Set.of(TOPICS.tokens(task).name()));
  }

  @Override
  public List<String> faults(River river) {
    Faults faults = new Faults();
    Optional<Integer> found = partitions(river);
    if (found.isEmpty()) {
      faults.add("KafkaTopic messages", "is not there");
      return faults.found();
    }
    int partitions = found.get();
    for (Workload workload : river.services()) {
      Optional<Manifest> scaled = scaledObject(river, workload);
      if (scaled.isPresent()) {
        scaled(workload, scaled.get(), partitions, faults);
      } else if (workload.isOurs()) {
        faults.unless(
            workload.replicas().isPresent(), workload, "nobody says how many pods there are");
        faults.unless(
            workload.component().equals("gateway") || workload.replicas().orElse(1) <= partitions,
            workload,
            "has more pods than the %d partitions".formatted(partitions));
      }
    }
    for (Manifest scaled : river.ofKind("ScaledObject")) {
      faults.unless(
          river.services().stream().anyMatch(workload -> isTarget(scaled, workload)),
          scaled,
          "scales nothing that is there");
    }
    return faults.found();
  }

  static Optional<Integer> partitions(River river) {
    return river.all(KafkaTopic.class).stream()
        .filter(topic -> topic.getMetadata().getName().equals(TOPICS.messages().name()))
        .map(topic -> topic.getSpec().getPartitions())
        .findFirst();
  }

  private static Optional<Manifest> scaledObject(River river, Workload workload) {
    return river.ofKind("ScaledObject").stream()
        .filter(scaled -> isTarget(scaled, workload))
        .findFirst();
  }

  private static boolean isTarget(Manifest scaled, Workload workload) {
    JsonNode target = scaled.tree().at("/spec/scaleTargetRef");
    return target.path("name").asText().equals(workload.name())
        && target.path("kind").asText("Deployment").equals(workload.kind());
  }

  private static void scaled(Workload workload, Manifest scaled, int partitions, Faults faults) {
    faults.unless(
        workload.replicas().isEmpty(),
        workload,
        "names replicas, and KEDA does too: each apply would take its pods away");
    JsonNode spec = scaled.tree().path("spec");
    int least = spec.path("minReplicaCount").asInt(0);
    int most = spec.path("maxReplicaCount").asInt(100);
    faults.unless(
        most <= partitions, scaled, "%d pods for %d partitions".formatted(most, partitions));
    faults.unless(least >= 1 && least <= most, scaled, "at least %d pods".formatted(least));
    Stage stage = STAGES.get(workload.component());
    if (stage == null) {
      faults.add(scaled, "nothing is known of the group and topics of " + workload.component());
      return;
    }
    Set<String> topics = new TreeSet<>();
    for (JsonNode trigger : spec.path("triggers")) {
      JsonNode metadata = trigger.path("metadata");
      topics.add(metadata.path("topic").asText());
      faults.unless(
          metadata.path("consumerGroup").asText().equals(stage.group()),
          scaled,
          "the group is not " + stage.group());
      faults.unless(
          !metadata.path("allowIdleConsumers").asBoolean(false), scaled, "allows idle pods");
    }
    faults.unless(
        topics.equals(stage.topics()),
        scaled,
        "looks at %s, not %s".formatted(topics, stage.topics()));
  }
}
