package io.headwater.k8s.policy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every container has: a pinned image, requests and limits, probes that ask the right
 * question.
 */
final class Containers implements Rule {
  /** Shutdown gives up closing a service after so many seconds. */
  private static final long LONGEST_CLOSE_SECONDS = 60;

  private static final Set<String> OURS =
      Set.of("tokenizer", "scorer", "aggregator", "gateway", "cli");

  private final String version;
  private final Map<String, String> others;

  /**
   * The rule.
   *
   * @param version the project's, and so its images'
   * @param others tags of images of others
   */
  Containers(String version, Map<String, String> others) {
    this.version = version;
    this.others = Map.copyOf(others);
  }

  @Override
  public List<String> faults(River river) {
    Faults faults = new Faults();
    for (Workload workload : river.workloads()) {
      for (Container container : workload.containers()) {
        String where = workload + ", " + container.getName();
        image(container, where, faults);
        resources(container.getResources(), where, faults);
        faults.unless(
            container.getLifecycle() == null, where, "has a hook: the images have no shell");
        faults.unless(container.getCommand().isEmpty(), where, "overrides the image's entrypoint");
      }
    }
    for (Workload workload : river.services()) {
      workload.containers().forEach(container -> probes(workload, container, faults));
      if (workload.isOurs()) {
        Long grace = workload.pod().getTerminationGracePeriodSeconds();
        faults.unless(
            grace != null && grace > LONGEST_CLOSE_SECONDS,
            workload,
            "is killed before the unit of work in hand is finished");
      }
    }
    return faults.found();
  }

  private void image(Container container, String where, Faults faults) {
    String image = container.getImage();
    int colon = image.lastIndexOf(':');
    if (colon < 0 || image.indexOf('/', colon) > 0) {
      faults.add(where, "image " + image + " has no tag");
      return;
    }
    String name = image.substring(0, colon);
    String tag = image.substring(colon + 1);
    if (name.startsWith("headwater/")) {
      String part = name.substring("headwater/".length());
      faults.unless(OURS.contains(part), where, "there is no image " + name);
      faults.unless(
          tag.equals(version) || (part.equals("scorer") && tag.equals(version + "-cuda")),
          where,
          "image %s is not of version %s".formatted(image, version));
      faults.unless(part.equals(container.getName()), where, "runs " + name);
    } else {
      faults.unless(
          tag.equals(others.get(name)), where, "image " + image + " is not pinned as ours");
    }
    faults.unless(
        "IfNotPresent".equals(container.getImagePullPolicy()),
        where,
        "imagePullPolicy is not named");
  }

  private static void resources(
      @Nullable ResourceRequirements resources, String where, Faults faults) {
    for (String resource : List.of("cpu", "memory")) {
      faults.unless(
          resources != null && resources.getRequests().containsKey(resource),
          where,
          "requests no " + resource);
      faults.unless(
          resources != null && resources.getLimits().containsKey(resource),
          where,
          "has no limit of " + resource);
    }
    faults.unless(
        resources != null
            && Objects.equals(
                resources.getRequests().get("memory"), resources.getLimits().get("memory")),
        where,
        "may use memory that it has not requested");
  }

  private static void probes(Workload workload, Container container, Faults faults) {
    String where = workload + ", " + container.getName();
    if (container.getStartupProbe() == null
        || container.getLivenessProbe() == null
        || container.getReadinessProbe() == null) {
      faults.add(where, "does not have all three probes");
      return;
    }
    if (workload.isOurs()) {
      probe(container.getStartupProbe(), "/health/live", where + ", startup probe", faults);
      probe(container.getLivenessProbe(), "/health/live", where + ", liveness probe", faults);
      probe(container.getReadinessProbe(), "/health/ready", where + ", readiness probe", faults);
    }
  }

  // Ready is false while broker or registry are away: as startup or liveness it would restart the
  // pod.
  private static void probe(Probe probe, String path, String where, Faults faults) {
    faults.unless(
        probe.getHttpGet() != null
            && path.equals(probe.getHttpGet().getPath())
            && "admin".equals(probe.getHttpGet().getPort().getStrVal()),
        where,
        "does not ask %s at the port admin".formatted(path));
  }
}
