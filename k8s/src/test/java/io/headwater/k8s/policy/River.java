package io.headwater.k8s.policy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.headwater.k8s.manifest.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All objects of a rendered overlay.
 *
 * @param manifests in the order of rendering
 */
public record River(List<Manifest> manifests) {
  public River {
    manifests = List.copyOf(manifests);
  }

  /** The objects of a type. */
  public <T> List<T> all(Class<T> type) {
    return manifests.stream()
        .map(Manifest::typed)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** The objects of a kind for which there is no type. */
  public List<Manifest> ofKind(String kind) {
    return manifests.stream().filter(manifest -> manifest.kind().equals(kind)).toList();
  }

  public boolean has(String kind, String name) {
    return ofKind(kind).stream().anyMatch(manifest -> manifest.name().equals(name));
  }

  /** What runs pods, but for those of operators. */
  public List<Workload> workloads() {
    Stream<Workload> deployments =
        all(Deployment.class).stream()
            .map(
                deployment ->
                    workload(
                        "Deployment",
                        deployment.getMetadata().getName(),
                        deployment.getSpec().getReplicas(),
                        Optional.of(deployment.getSpec().getSelector()),
                        deployment.getSpec().getTemplate()));
    Stream<Workload> sets =
        all(StatefulSet.class).stream()
            .map(
                set ->
                    workload(
                        "StatefulSet",
                        set.getMetadata().getName(),
                        set.getSpec().getReplicas(),
                        Optional.of(set.getSpec().getSelector()),
                        set.getSpec().getTemplate()));
    Stream<Workload> jobs =
        all(Job.class).stream()
            .map(
                job ->
                    workload(
                        "Job",
                        job.getMetadata().getName(),
                        null,
                        Optional.empty(),
                        job.getSpec().getTemplate()));
    return Stream.of(deployments, sets, jobs).flatMap(all -> all).toList();
  }

  /** Those that run for ever. */
  public List<Workload> services() {
    return workloads().stream().filter(workload -> !workload.kind().equals("Job")).toList();
  }

  /** Those of the project itself. */
  public List<Workload> ours() {
    return workloads().stream().filter(Workload::isOurs).toList();
  }

  private static Workload workload(
      String kind,
      String name,
      @Nullable Integer replicas,
      Optional<LabelSelector> selector,
      PodTemplateSpec template) {
    return new Workload(
        kind,
        name,
        Optional.ofNullable(replicas),
        selector,
        template.getMetadata().getLabels(),
        template.getSpec());
  }
}
