package io.headwater.k8s.policy;

import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;

/**
 * Each service has one disruption budget, each budget one service; pods are spread, each kind by
 * itself.
 */
final class Disruption implements Rule {
  @Override
  public List<String> faults(River river) {
    Faults faults = new Faults();
    List<PodDisruptionBudget> budgets = river.all(PodDisruptionBudget.class);
    for (PodDisruptionBudget budget : budgets) {
      List<Workload> selected =
          river.services().stream()
              .filter(
                  workload -> Selectors.matches(budget.getSpec().getSelector(), workload.labels()))
              .toList();
      faults.unless(
          selected.size() == 1,
          "PodDisruptionBudget " + budget.getMetadata().getName(),
          "selects " + selected);
    }
    for (Workload workload : river.services()) {
      if (!workload.isOurs()) {
        continue;
      }
      long selecting =
          budgets.stream()
              .filter(
                  budget -> Selectors.matches(budget.getSpec().getSelector(), workload.labels()))
              .count();
      faults.unless(selecting == 1, workload, "has %d disruption budgets".formatted(selecting));
      spread(workload, river, faults);
    }
    return faults.found();
  }

  private static void spread(Workload workload, River river, Faults faults) {
    List<String> keys =
        workload.pod().getTopologySpreadConstraints().stream()
            .map(constraint -> constraint.getTopologyKey())
            .toList();
    faults.unless(
        keys.contains("topology.kubernetes.io/zone") && keys.contains("kubernetes.io/hostname"),
        workload,
        "is not spread over zones and nodes");
    workload
        .pod()
        .getTopologySpreadConstraints()
        .forEach(
            constraint -> {
              List<Workload> selected =
                  river.services().stream()
                      .filter(
                          other -> Selectors.matches(constraint.getLabelSelector(), other.labels()))
                      .toList();
              faults.unless(
                  selected.size() == 1 && selected.get(0).name().equals(workload.name()),
                  workload,
                  "is spread among the pods of " + selected);
              faults.unless(
                  List.of("ScheduleAnyway", "DoNotSchedule")
                      .contains(constraint.getWhenUnsatisfiable()),
                  workload,
                  "whenUnsatisfiable is " + constraint.getWhenUnsatisfiable());
            });
  }
}
