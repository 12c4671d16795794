package io.headwater.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.headwater.k8s.manifest.Manifest;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one object names of another is there: in the overlay, or in the list of what operators make.
 */
final class References implements Rule {
  private final Map<String, Set<String>> documented;

  /**
   * The rule.
   *
   * @param documented secrets that somebody makes by hand, with their keys
   */
  References(Map<String, Set<String>> documented) {
    this.documented = Map.copyOf(documented);
  }

  @Override
  public List<String> faults(River river) {
    Faults faults = new Faults();
    river.workloads().forEach(workload -> workload(river, workload, faults));
    river.all(Service.class).forEach(service -> service(river, service, faults));
    for (StatefulSet set : river.all(StatefulSet.class)) {
      faults.unless(
          river.has("Service", set.getSpec().getServiceName()),
          "StatefulSet " + set.getMetadata().getName(),
          "there is no Service " + set.getSpec().getServiceName());
    }
    river.ofKind("TriggerAuthentication").forEach(login -> login(river, login, faults));
    river.ofKind("ScaledObject").forEach(scaled -> scaled(river, scaled, faults));
    return faults.found();
  }

  private void workload(River river, Workload workload, Faults faults) {
    String account = workload.pod().getServiceAccountName();
    faults.unless(
        river.all(ServiceAccount.class).stream()
            .anyMatch(
                candidate ->
                    candidate.getMetadata().getName().equals(account)
                        && Boolean.FALSE.equals(candidate.getAutomountServiceAccountToken())),
        workload,
        "there is no ServiceAccount " + account + " without a token");
    for (Container container : workload.containers()) {
      container
          .getEnvFrom()
          .forEach(
              from ->
                  faults.unless(
                      from.getSecretRef() == null
                          && from.getConfigMapRef() != null
                          && river.has("ConfigMap", from.getConfigMapRef().getName()),
                      workload,
                      "takes variables from what is not there: " + from));
      container
          .getEnv()
          .forEach(
              variable ->
                  faults.unless(
                      variable.getValueFrom() == null
                          || variable.getValueFrom().getSecretKeyRef() == null,
                      workload,
                      variable.getName() + " has a secret in the environment, not in a file"));
      Set<String> volumes =
          workload.pod().getVolumes().stream()
              .map(volume -> volume.getName())
              .collect(Collectors.toSet());
      river.all(StatefulSet.class).stream()
          .filter(set -> set.getMetadata().getName().equals(workload.name()))
          .flatMap(set -> set.getSpec().getVolumeClaimTemplates().stream())
          .forEach(claim -> volumes.add(claim.getMetadata().getName()));
      container
          .getVolumeMounts()
          .forEach(
              mount ->
                  faults.unless(
                      volumes.contains(mount.getName()),
                      workload,
                      "there is no volume " + mount.getName()));
    }
    workload.pod().getVolumes().stream()
        .filter(volume -> volume.getProjected() != null)
        .flatMap(volume -> volume.getProjected().getSources().stream())
        .filter(source -> source.getSecret() != null)
        .forEach(source -> projected(river, workload, source.getSecret(), faults));
  }

  private void projected(River river, Workload workload, SecretProjection secret, Faults faults) {
    faults.unless(!secret.getItems().isEmpty(), workload, "takes all of " + secret.getName());
    secret
        .getItems()
        .forEach(
            item ->
                faults.unless(
                    hasKey(river, secret.getName(), item.getKey()),
                    workload,
                    "there is no secret %s with %s".formatted(secret.getName(), item.getKey())));
  }

  /** Whether the overlay, an operator or the README provides it. */
  boolean hasKey(River river, String name, String key) {
    boolean rendered =
        river.ofKind("Secret").stream()
            .anyMatch(secret -> secret.name().equals(name) && secret.tree().path("data").has(key));
    boolean ofUser =
        key.equals("password")
            && river.all(KafkaUser.class).stream()
                .anyMatch(user -> user.getMetadata().getName().equals(name));
    return rendered || ofUser || documented.getOrDefault(name, Set.of()).contains(key);
  }

  private static void service(River river, Service service, Faults faults) {
    String where = "Service " + service.getMetadata().getName();
    List<Workload> selected =
        river.services().stream()
            .filter(
                workload ->
                    !service.getSpec().getSelector().isEmpty()
                        && Selectors.contains(service.getSpec().getSelector(), workload.labels()))
            .toList();
    faults.unless(!selected.isEmpty(), where, "selects no pod");
    for (ServicePort port : service.getSpec().getPorts()) {
      IntOrString target = port.getTargetPort();
      selected.forEach(
          workload ->
              faults.unless(
                  target != null
                      && target.getStrVal() != null
                      && workload.hasPort(target.getStrVal()),
                  where,
                  "%s has no port named as %s goes to".formatted(workload, port.getName())));
    }
  }

  private void login(River river, Manifest login, Faults faults) {
    for (JsonNode secret : login.tree().at("/spec/secretTargetRef")) {
      String name = secret.path("name").asText();
      String key = secret.path("key").asText();
      faults.unless(
          hasKey(river, name, key), login, "there is no secret %s with %s".formatted(name, key));
    }
    for (JsonNode config : login.tree().at("/spec/configMapTargetRef")) {
      faults.unless(
          river.all(ConfigMap.class).stream()
              .anyMatch(
                  map ->
                      map.getMetadata().getName().equals(config.path("name").asText())
                          && map.getData().containsKey(config.path("key").asText())),
          login,
          "there is no ConfigMap as " + config);
    }
  }

  private static void scaled(River river, Manifest scaled, Faults faults) {
    for (JsonNode trigger : scaled.tree().at("/spec/triggers")) {
      String login = trigger.at("/authenticationRef/name").asText();
      faults.unless(
          river.has("TriggerAuthentication", login),
          scaled,
          "there is no TriggerAuthentication " + login);
      String variable = trigger.at("/metadata/bootstrapServersFromEnv").asText();
      faults.unless(
          river.workloads().stream()
              .filter(
                  workload ->
                      workload
                          .name()
                          .equals(scaled.tree().at("/spec/scaleTargetRef/name").asText()))
              .allMatch(
                  workload ->
                      ContainerEnvironment.of(river, workload.containers().get(0))
                          .containsKey(variable)),
          scaled,
          "its target has no " + variable);
    }
  }
}
