package io.headwater.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.k8s.manifest.InvalidManifestException;
import io.headwater.k8s.manifest.ManifestFolder;
import io.headwater.k8s.manifest.ManifestParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file by itself; what is rendered of them is for {@link OverlaysTest}. */
class ManifestFilesTest {
  private static final Set<String> KUSTOMIZATION_FIELDS =
      Set.of(
          "apiVersion",
          "kind",
          "namespace",
          "resources",
          "components",
          "configMapGenerator",
          "secretGenerator",
          "images",
          "replicas",
          "patches");

  static List<Path> files() {
    return ManifestFolder.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileFitsTheTypesOfItsObjects(Path file) {
    String text = ManifestFolder.read(file);

    if (file.endsWith("kustomization.yaml")) {
      List<JsonNode> trees = ManifestParser.trees(file.toString(), text);
      assertThat(trees).hasSize(1);
      assertThat(trees.get(0).fieldNames())
          .toIterable()
          .allSatisfy(field -> assertThat(KUSTOMIZATION_FIELDS).contains(field));
    } else {
      assertThat(ManifestParser.parse(file.toString(), text)).isNotEmpty();
    }
  }

  @Test
  void noFileIsForgotten() {
    assertThat(files())
        .map(file -> file.getFileName().toString())
        .contains("tokenizer.yaml", "topics.yaml", "scaled-objects.yaml", "service-monitor.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          an unknown field of the pod    | spec:\\n  template:\\n    spec:\\n      containerz: []
          an unknown field of the object | specc: {}
          text for a number              | spec:\\n  replicas: two
          a number in quotes             | spec:\\n  replicas: '2'
          a number for text              | spec:\\n  template:\\n    spec:\\n      containers:\\n      - name: a\\n        env:\\n        - name: A\\n          value: 1
          a flag for text                | metadata:\\n  labels:\\n    app: true
          a key that stands twice        | spec:\\n  replicas: 1\\n  replicas: 2
          a list for an object           | spec: []
          """)
  void aDeploymentIsRefusedFor(String why, String yaml) {
    String text = "apiVersion: apps/v1\nkind: Deployment\n" + yaml.replace("\\n", "\n");

    assertThatThrownBy(() -> ManifestParser.parse(why, text))
        .isInstanceOf(InvalidManifestException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kafka.strimzi.io/v1      | KafkaTopic     | spec:\\n  partitionz: 3
          kafka.strimzi.io/v1      | KafkaUser      | spec:\\n  authorization:\\n    type: simple\\n    acls:\\n    - resource:\\n        type: topic\\n        nam: a
          kafka.strimzi.io/v1      | KafkaUser      | spec:\\n  authorization:\\n    type: open
          kafka.strimzi.io/v1      | Kafka          | spec:\\n  kafka:\\n    listenerz: []
          kafka.strimzi.io/v1      | KafkaNodePool  | spec:\\n  roles: [boss]
          kafka.strimzi.io/v1beta2 | KafkaTopic     | spec: {}
          monitoring.coreos.com/v1 | ServiceMonitor | spec:\\n  endpoints:\\n  - prt: a
          monitoring.coreos.com/v1 | PrometheusRule | spec:\\n  groups:\\n  - rulez: []
          keda.sh/v1alpha1         | ScaledObject   | spec:\\n  scaleTargetRef: {name: a}\\n  triggers: [{type: kafka, metadata: {bootstrapServers: a, consumerGroup: b, lagTreshold: '5'}}]
          keda.sh/v1alpha1         | ScaledObject   | spec:\\n  scaleTargetRef: {name: a}\\n  triggers: [{type: kafka, metadata: {bootstrapServers: a, consumerGroup: b, lagThreshold: 5}}]
          keda.sh/v1alpha1         | ScaledObject   | spec:\\n  scaleTargetRef: {name: a}\\n  maxReplicas: 3\\n  triggers: [{type: kafka, metadata: {bootstrapServers: a, consumerGroup: b}}]
          keda.sh/v1alpha1         | TriggerAuthentication | spec:\\n  secretTargetRef: [{parameter: pasword, name: a, key: b}]
          apps/v1                  | Deploiment     | spec: {}
          """)
  void objectsOfOperatorsAreRefusedFor(String apiVersion, String kind, String yaml) {
    String text =
        "apiVersion: %s\nkind: %s\nmetadata:\n  name: a\n%s\n"
            .formatted(apiVersion, kind, yaml.replace("\\n", "\n"));

    assertThatThrownBy(() -> ManifestParser.parse("it", text))
        .isInstanceOf(InvalidManifestException.class);
  }
}
