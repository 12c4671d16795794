package io.headwater.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.k8s.manifest.Manifest;
import io.headwater.k8s.manifest.ManifestFolder;
import io.headwater.k8s.policy.River;
import io.headwater.k8s.policy.Workload;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each overlay, rendered as {@code kubectl apply -k} would, keeps to every rule. */
class OverlaysTest {
  @TempDir Path folder;

  static List<Path> overlays() {
    return ManifestFolder.overlays();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyOverlayKeepsToTheRules(Path overlay) {
    River river = Rendered.overlay(overlay);

    assertThat(ProjectFacts.policy(folder).faults(river)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyOverlayHasAllServices(Path overlay) {
    River river = Rendered.overlay(overlay);

    assertThat(river.ours())
        .map(Workload::name)
        .containsExactlyInAnyOrder(
            "tokenizer",
            "scorer-sentiment",
            "scorer-translation",
            "aggregator",
            "gateway",
            "register-schemas");
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void onlyTheLaptopHasSecretsInItsManifests(Path overlay) {
    River river = Rendered.overlay(overlay);

    assertThat(river.ofKind("Secret").isEmpty()).isEqualTo(!overlay.endsWith("local"));
  }

  @Test
  void theGpuOverlayHasGpusForTheScorersAlone() {
    River river = Rendered.overlay(ManifestFolder.of("k8s/overlays/gpu"));

    assertThat(river.workloads())
        .filteredOn(workload -> workload.containers().get(0).getImage().endsWith("-cuda"))
        .map(Workload::name)
        .containsExactlyInAnyOrder("scorer-sentiment", "scorer-translation");
  }

  @Test
  void aChangedSettingRollsThePods() {
    assertThat(Rendered.overlay(ManifestFolder.of("k8s/overlays/cpu")).ofKind("ConfigMap"))
        .map(Manifest::name)
        .anyMatch(name -> name.matches("headwater-[0-9a-z]{10}"));
  }

  @Test
  void overlaysForClustersKeepThreeCopies() {
    for (String overlay : List.of("cpu", "gpu")) {
      assertThat(
              Rendered.overlay(ManifestFolder.of("k8s/overlays").resolve(overlay))
                  .ofKind("KafkaTopic"))
          .allMatch(topic -> topic.tree().at("/spec/replicas").asInt() == 3);
    }
  }
}
