package io.headwater.k8s.policy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Set;
import java.util.TreeSet;

/** The files that a container gets from secrets. */
final class Mounts {
  private Mounts() {}

  static Set<String> of(Workload workload, Container container) {
    Set<String> files = new TreeSet<>();
    for (VolumeMount mount : container.getVolumeMounts()) {
      for (Volume volume : workload.pod().getVolumes()) {
        if (volume.getName().equals(mount.getName()) && volume.getProjected() != null) {
          volume
              .getProjected()
              .getSources()
              .forEach(
                  source -> {
                    if (source.getSecret() != null) {
                      source
                          .getSecret()
                          .getItems()
                          .forEach(item -> files.add(mount.getMountPath() + "/" + item.getPath()));
                    }
                  });
        }
      }
    }
    return files;
  }
}
