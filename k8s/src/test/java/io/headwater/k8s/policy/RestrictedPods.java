package io.headwater.k8s.policy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pod Security "restricted", which the namespace enforces, and somewhat more. */
final class RestrictedPods implements Rule {
  private static final String USER = "10001";

  @Override
  public List<String> faults(River river) {
    Faults faults = new Faults();
    List<Namespace> namespaces = river.all(Namespace.class);
    faults.unless(namespaces.size() == 1, "overlay", "not one namespace of its own");
    namespaces.forEach(namespace -> namespace(namespace, faults));
    river
        .manifests()
        .forEach(
            manifest ->
                faults.unless(
                    manifest.kind().equals("Namespace")
                        || manifest.namespace().equals(namespaces.get(0).getMetadata().getName()),
                    manifest,
                    "is in another namespace"));
    river.workloads().forEach(workload -> pod(workload, faults));
    return faults.found();
  }

  private static void namespace(Namespace namespace, Faults faults) {
    Map<String, String> labels = namespace.getMetadata().getLabels();
    faults.unless(
        labels != null
            && "restricted".equals(labels.get("pod-security.kubernetes.io/enforce"))
            && labels
                .getOrDefault("pod-security.kubernetes.io/enforce-version", "latest")
                .matches("v1\\.\\d+"),
        "Namespace",
        "does not enforce Pod Security restricted at a version");
  }

  private static void pod(Workload workload, Faults faults) {
    PodSpec pod = workload.pod();
    faults.unless(isNot(pod.getHostNetwork()), workload, "hostNetwork");
    faults.unless(isNot(pod.getHostPID()), workload, "hostPID");
    faults.unless(isNot(pod.getHostIPC()), workload, "hostIPC");
    faults.unless(
        Boolean.FALSE.equals(pod.getAutomountServiceAccountToken()),
        workload,
        "automountServiceAccountToken is not false");
    faults.unless(
        Boolean.FALSE.equals(pod.getEnableServiceLinks()),
        workload,
        "enableServiceLinks is not false: a service's HEADWATER_* variables would be unknown settings");
    PodSecurityContext context = pod.getSecurityContext();
    faults.unless(
        context != null
            && Boolean.TRUE.equals(context.getRunAsNonRoot())
            && USER.equals(String.valueOf(context.getRunAsUser()))
            && USER.equals(String.valueOf(context.getRunAsGroup())),
        workload,
        "does not run as " + USER + ", and not as root");
    faults.unless(
        context != null
            && context.getSeccompProfile() != null
            && "RuntimeDefault".equals(context.getSeccompProfile().getType()),
        workload,
        "seccompProfile is not RuntimeDefault");
    pod.getVolumes().forEach(volume -> volume(volume, workload, faults));
    Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream())
        .forEach(container -> container(container, workload, faults));
  }

  private static void volume(Volume volume, Workload workload, Faults faults) {
    boolean allowed =
        volume.getEmptyDir() != null
            || volume.getConfigMap() != null
            || volume.getSecret() != null
            || volume.getProjected() != null
            || volume.getPersistentVolumeClaim() != null;
    faults.unless(allowed, workload, "volume " + volume.getName() + " is of another kind");
    faults.unless(
        volume.getEmptyDir() == null || volume.getEmptyDir().getSizeLimit() != null,
        workload,
        "volume " + volume.getName() + " has no sizeLimit");
    boolean serviceAccount =
        volume.getProjected() != null
            && volume.getProjected().getSources().stream()
                .anyMatch(source -> source.getServiceAccountToken() != null);
    faults.unless(!serviceAccount, workload, "has a token of Kubernetes");
  }

  private static void container(Container container, Workload workload, Faults faults) {
    String where = workload + ", " + container.getName();
    SecurityContext context = container.getSecurityContext();
    if (context == null) {
      faults.add(where, "no securityContext");
      return;
    }
    faults.unless(
        Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()),
        where,
        "allowPrivilegeEscalation is not false");
    faults.unless(isNot(context.getPrivileged()), where, "is privileged");
    faults.unless(
        context.getRunAsUser() == null && !Boolean.FALSE.equals(context.getRunAsNonRoot()),
        where,
        "takes another user than its pod");
    faults.unless(
        Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()),
        where,
        "readOnlyRootFilesystem is not true");
    faults.unless(
        context.getCapabilities() != null
            && context.getCapabilities().getDrop().equals(List.of("ALL"))
            && context.getCapabilities().getAdd().isEmpty(),
        where,
        "capabilities are not dropped");
    faults.unless(
        container.getVolumeMounts().stream()
            .anyMatch(
                mount ->
                    mount.getMountPath().equals("/tmp")
                        && workload.pod().getVolumes().stream()
                            .anyMatch(
                                volume ->
                                    volume.getName().equals(mount.getName())
                                        && volume.getEmptyDir() != null)),
        where,
        "has no /tmp to write to");
    faults.unless(
        container.getPorts().stream().allMatch(port -> port.getHostPort() == null),
        where,
        "has a hostPort");
  }

  private static boolean isNot(@Nullable Boolean flag) {
    return !Boolean.TRUE.equals(flag);
  }
}
