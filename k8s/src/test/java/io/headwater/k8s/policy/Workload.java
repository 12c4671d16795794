package io.headwater.k8s.policy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs pods of one kind.
 *
 * @param replicas how many, where the manifest says so
 * @param selector of its pods; empty for a job
 * @param labels of its pods
 */
public record Workload(
    String kind,
    String name,
    Optional<Integer> replicas,
    Optional<LabelSelector> selector,
    Map<String, String> labels,
    PodSpec pod) {
  /** Label of what a pod is part of. */
  public static final String NAME = "app.kubernetes.io/name";

  /** Label of which part it is. */
  public static final String COMPONENT = "app.kubernetes.io/component";

  public Workload {
    labels = Map.copyOf(labels);
  }

  /** Whether it runs one of the project's images. */
  public boolean isOurs() {
    return "headwater".equals(labels.get(NAME));
  }

  public String component() {
    return labels.getOrDefault(COMPONENT, "");
  }

  public List<Container> containers() {
    return pod.getContainers();
  }

  /** Whether one of its containers has a port of that name. */
  public boolean hasPort(String port) {
    return containers().stream()
        .flatMap(container -> container.getPorts().stream())
        .anyMatch(candidate -> port.equals(candidate.getName()));
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
