package io.headwater.k8s.policy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A pod with the CUDA image has a GPU, a node that has one, and uses it; no other pod has any of
 * these.
 */
final class Gpus implements Rule {
  private static final String GPU = "nvidia.com/gpu";

  @Override
  public List<String> faults(River river) {
    Faults faults = new Faults();
    for (Workload workload : river.workloads()) {
      for (Container container : workload.containers()) {
        boolean cuda = container.getImage().endsWith("-cuda");
        Map<String, Quantity> requests = container.getResources().getRequests();
        Map<String, Quantity> limits = container.getResources().getLimits();
        faults.unless(
            Objects.equals(requests.get(GPU), limits.get(GPU)),
            workload,
            "requests another number of GPUs than its limit");
        faults.unless(limits.containsKey(GPU) == cuda, workload, says(cuda, "a limit of GPUs"));
        faults.unless(
            workload.pod().getTolerations().stream()
                    .anyMatch(toleration -> GPU.equals(toleration.getKey()))
                == cuda,
            workload,
            says(cuda, "a toleration of nodes with GPUs"));
        faults.unless(
            "true".equals(workload.pod().getNodeSelector().get("nvidia.com/gpu.present")) == cuda,
            workload,
            says(cuda, "a selector of nodes with GPUs"));
        if (workload.component().startsWith("scorer-")) {
          faults.unless(
              ContainerEnvironment.of(river, container)
                  .getOrDefault("HEADWATER_EXECUTION_PROVIDER", "auto")
                  .equals(cuda ? "cuda" : "cpu"),
              workload,
              says(cuda, "execution.provider=cuda"));
        }
      }
    }
    return faults.found();
  }

  private static String says(boolean cuda, String what) {
    return cuda ? "has the CUDA image without " + what : "has not the CUDA image, but " + what;
  }
}
