package io.headwater.k8s.manifest;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads manifests strictly: a key that stands twice, a field that there is not, a value of the
 * wrong type or a kind that is not known here is a fault.
 */
public final class ManifestParser {
  private static final Map<String, Class<?>> TYPES =
      Map.ofEntries(
          entry("v1/ConfigMap", ConfigMap.class),
          entry("v1/Namespace", Namespace.class),
          entry("v1/Secret", Secret.class),
          entry("v1/Service", Service.class),
          entry("v1/ServiceAccount", ServiceAccount.class),
          entry("apps/v1/Deployment", Deployment.class),
          entry("apps/v1/StatefulSet", StatefulSet.class),
          entry("batch/v1/Job", Job.class),
          entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
          entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
          entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
          entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
          entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
          entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
          entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
          entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class));

  private static final ObjectMapper MAPPER = StrictTypes.mapper();
  private static final ObjectMapper WHOLE = StrictTypes.whole();
  private static final ObjectReader YAML =
      new YAMLMapper(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .readerFor(JsonNode.class);

  private ManifestParser() {}

  /**
   * Reads the documents of a file, whatever they are.
   *
   * @throws InvalidManifestException when a key stands twice, or it is not YAML
   */
  public static List<JsonNode> trees(String source, String text) {
    List<JsonNode> trees = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = YAML.readValues(text)) {
      while (documents.hasNext()) {
        JsonNode tree = documents.next();
        if (!tree.isNull() && !tree.isMissingNode()) {
          trees.add(tree);
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new InvalidManifestException(source + ": " + e.getMessage(), e);
    }
    return trees;
  }

  /** Reads the objects of a file. */
  public static List<Manifest> parse(String source, String text) {
    return trees(source, text).stream().map(tree -> typed(source, tree)).toList();
  }

  /**
   * Reads one object into its type.
   *
   * @throws InvalidManifestException when the type is not known, or the object does not fit it
   */
  public static Manifest typed(String source, JsonNode tree) {
    String kind = tree.path("kind").asText();
    String apiVersion = tree.path("apiVersion").asText();
    String where = "%s, %s %s".formatted(source, kind, tree.path("metadata").path("name").asText());
    if (KedaSchemas.knows(apiVersion, kind)) {
      KedaSchemas.check(where, kind, tree);
      return new Manifest(source, tree, tree);
    }
    Class<?> type = TYPES.get(apiVersion + "/" + kind);
    if (type == null) {
      throw new InvalidManifestException(where + ": no type is known for " + apiVersion);
    }
    try {
      Object typed = MAPPER.treeToValue(tree, type);
      lost(tree, WHOLE.valueToTree(typed))
          .ifPresent(
              field -> {
                throw new InvalidManifestException(where + ": the type does not keep " + field);
              });
      return new Manifest(source, tree, typed);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new InvalidManifestException(where + ": " + e.getMessage(), e);
    }
  }

  /**
   * The first field that is written and that the type has dropped: such as a value that is none of
   * an enumeration's, which Strimzi's types read as nothing.
   */
  private static Optional<String> lost(JsonNode written, JsonNode kept) {
    if (written.isEmpty() && written.isContainerNode()) {
      return Optional.empty();
    }
    if (kept.isMissingNode() || kept.isNull() != written.isNull()) {
      return Optional.of("");
    }
    if (written.isArray()) {
      for (int i = 0; i < written.size(); i++) {
        Optional<String> below = lost(written.get(i), kept.path(i));
        if (below.isPresent()) {
          return Optional.of("/" + i + below.get());
        }
      }
    }
    for (var field : written.properties()) {
      Optional<String> below = lost(field.getValue(), kept.path(field.getKey()));
      if (below.isPresent()) {
        return Optional.of("/" + field.getKey() + below.get());
      }
    }
    return Optional.empty();
  }
}
