package io.headwater.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.RelabelConfig;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.headwater.k8s.manifest.Manifest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Prometheus scrapes every service with its token, and calls as the one file of rules says. */
final class Monitoring implements Rule {
  private final JsonNode groups;
  private final References references;

  /**
   * The rule.
   *
   * @param groups of the rules that compose loads
   */
  Monitoring(JsonNode groups, References references) {
    this.groups = groups;
    this.references = references;
  }

  @Override
  public List<String> faults(River river) {
    Faults faults = new Faults();
    List<ServiceMonitor> monitors = river.all(ServiceMonitor.class);
    Set<String> scraped = new HashSet<>();
    for (ServiceMonitor monitor : monitors) {
      String where = "ServiceMonitor " + monitor.getMetadata().getName();
      List<Service> selected =
          river.all(Service.class).stream()
              .filter(
                  service ->
                      Selectors.matches(
                          monitor.getSpec().getSelector(), service.getMetadata().getLabels()))
              .toList();
      faults.unless(selected.size() == 1, where, "selects " + selected.size() + " services");
      for (Endpoint endpoint : monitor.getSpec().getEndpoints()) {
        endpoint(river, endpoint, where, faults);
        for (Service service : selected) {
          faults.unless(
              service.getSpec().getPorts().stream()
                  .anyMatch(port -> port.getName().equals(endpoint.getPort())),
              where,
              "there is no port " + endpoint.getPort());
          river.services().stream()
              .filter(
                  workload ->
                      Selectors.contains(service.getSpec().getSelector(), workload.labels()))
              .forEach(workload -> scraped.add(workload.name()));
        }
      }
    }
    if (!monitors.isEmpty()) {
      river.services().stream()
          .filter(Workload::isOurs)
          .forEach(
              workload ->
                  faults.unless(
                      scraped.contains(workload.name()), workload, "is scraped by nobody"));
      faults.unless(!river.ofKind("PrometheusRule").isEmpty(), "overlay", "has no PrometheusRule");
    }
    for (Manifest rule : river.ofKind("PrometheusRule")) {
      faults.unless(
          rule.tree().at("/spec/groups").equals(groups),
          rule,
          "is not equal to infra/prometheus/rules.yaml: k8s/update-rules writes it anew");
    }
    return faults.found();
  }

  private void endpoint(River river, Endpoint endpoint, String where, Faults faults) {
    faults.unless(
        endpoint.getAuthorization() != null
            && "Bearer".equals(endpoint.getAuthorization().getType())
            && references.hasKey(
                river,
                endpoint.getAuthorization().getCredentials().getName(),
                endpoint.getAuthorization().getCredentials().getKey()),
        where,
        "has no token of a secret that is there");
    faults.unless(
        Boolean.TRUE.equals(endpoint.getHonorLabels()),
        where,
        "would rename our label `service`: honorLabels is not true");
    faults.unless(
        endpoint.getRelabelings().stream().anyMatch(Monitoring::namesJob),
        where,
        "does not name jobs headwater-SERVICE, as the rules do");
  }

  private static boolean namesJob(RelabelConfig config) {
    return "job".equals(config.getTargetLabel())
        && "headwater-$1".equals(config.getReplacement())
        && config.getSourceLabels().equals(List.of("__meta_kubernetes_pod_container_name"));
  }
}
