package io.headwater.k8s.policy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.headwater.cli.AllSettings;
import io.headwater.runtime.config.InvalidSettingsException;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.config.SettingsReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The services take the settings that the manifests give them, and listen where the manifests say.
 */
final class ServiceSettings implements Rule {
  private static final String FILE = "_FILE";

  /** Made into one line of Kafka's by the services. */
  private static final Set<String> LOGIN =
      Set.of("kafka.sasl.username", "kafka.sasl.password", "kafka.sasl.password.file");

  private final Path secret;

  /**
   * The rule.
   *
   * @param secret a file that stands for all files of secrets
   */
  ServiceSettings(Path secret) {
    this.secret = secret;
  }

  @Override
  public List<String> faults(River river) {
    Faults faults = new Faults();
    for (Workload workload : river.ours()) {
      for (Container container : workload.containers()) {
        Map<String, String> variables = ContainerEnvironment.of(river, container);
        variables
            .keySet()
            .forEach(
                name ->
                    faults.unless(
                        name.startsWith(SettingsReader.ENVIRONMENT_PREFIX),
                        workload,
                        name + " is no setting"));
        files(workload, container, variables, faults);
        tokens(workload, container, variables, faults);
        read(variables)
            .ifPresentOrElse(
                settings -> settings(river, workload, container, settings, faults),
                () -> faults.add(workload, complaint(variables)));
      }
    }
    return faults.found();
  }

  /** What is in a file is there for the test, whatever it is. */
  private Map<String, String> withFiles(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.replaceAll((name, value) -> name.endsWith(FILE) ? secret.toString() : value);
    return all;
  }

  private Optional<Settings> read(Map<String, String> variables) {
    try {
      return Optional.of(
          SettingsReader.read(
              AllSettings.definition(), Optional.empty(), withFiles(variables), Map.of()));
    } catch (InvalidSettingsException e) {
      return Optional.empty();
    }
  }

  private String complaint(Map<String, String> variables) {
    try {
      var unused =
          SettingsReader.read(
              AllSettings.definition(), Optional.empty(), withFiles(variables), Map.of());
      return "";
    } catch (InvalidSettingsException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void files(
      Workload workload, Container container, Map<String, String> variables, Faults faults) {
    variables.forEach(
        (name, file) -> {
          if (name.endsWith(FILE) || name.endsWith("_TRUSTSTORE_LOCATION")) {
            faults.unless(
                Mounts.of(workload, container).contains(file),
                workload,
                name + ": no file " + file);
          }
        });
  }

  /** Every door that is open to the cluster asks for a token of its own. */
  private static void tokens(
      Workload workload, Container container, Map<String, String> variables, Faults faults) {
    for (ContainerPort port : container.getPorts()) {
      String key =
          port.getName().equals("admin") ? "admin.http.token" : container.getName() + ".http.token";
      faults.unless(
          variables.containsKey(SettingsReader.variable(key) + FILE),
          workload,
          "is given no token for its port " + port.getName());
    }
  }

  private static void settings(
      River river, Workload workload, Container container, Settings settings, Faults faults) {
    kafka(workload, settings, faults);
    if (workload.kind().equals("Job")) {
      return;
    }
    Map<String, Object> defaults = AllSettings.definition().defaultValues();
    for (String port : List.of("admin", "http")) {
      String key = "%s.%s.port".formatted(container.getName(), port);
      if (defaults.containsKey(key)) {
        Optional<Integer> number =
            container.getPorts().stream()
                .filter(candidate -> port.equals(candidate.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
        faults.unless(
            number.equals(Optional.of(settings.integer(key)))
                && number.equals(Optional.ofNullable(defaults.get(key))),
            workload,
            "port %s is %s, and %s is %s".formatted(port, number, key, settings.integer(key)));
      }
      String host = "%s.%s.host".formatted(container.getName(), port);
      faults.unless(
          !defaults.containsKey(host) || settings.string(host).equals("0.0.0.0"),
          workload,
          host + " is not 0.0.0.0: no probe would reach it");
    }
    faults.unless(
        settings.text("instance.id").equals(Optional.of(ContainerEnvironment.POD)),
        workload,
        "instance.id is not the pod's name");
    if (container.getName().equals("aggregator")) {
      advertised(river, workload, settings, faults);
    }
    if (container.getName().equals("scorer")) {
      task(workload, container, settings, faults);
    }
  }

  private static void kafka(Workload workload, Settings settings, Faults faults) {
    Set<String> known = new TreeSet<>(ConsumerConfig.configNames());
    known.addAll(ProducerConfig.configNames());
    known.addAll(AdminClientConfig.configNames());
    settings
        .under("kafka.")
        .keySet()
        .forEach(
            key ->
                faults.unless(
                    known.contains(key) || LOGIN.contains("kafka." + key),
                    workload,
                    "Kafka's clients have no setting " + key));
    faults.unless(
        "SASL_SSL".equals(settings.under("kafka.").get("security.protocol")),
        workload,
        "does not talk to Kafka by TLS with a login");
  }

  private static void task(
      Workload workload, Container container, Settings settings, Faults faults) {
    String task = workload.component().substring("scorer-".length());
    faults.unless(
        settings.list("scorer.tasks").equals(List.of(task)), workload, "does not do " + task);
    int cores =
        container.getResources().getLimits().get("cpu").getNumericalAmount().intValueExact();
    faults.unless(
        settings.integer("scorer.engine.threads") == cores,
        workload,
        "has other threads than cores");
  }

  private static void advertised(River river, Workload workload, Settings settings, Faults faults) {
    URI url = URI.create(settings.text("aggregator.advertised.url").orElse("none:"));
    String service =
        river.all(StatefulSet.class).stream()
            .filter(set -> set.getMetadata().getName().equals(workload.name()))
            .map(set -> set.getSpec().getServiceName())
            .findFirst()
            .orElse("");
    String namespace = river.manifests().get(0).namespace();
    for (Service candidate : river.all(Service.class)) {
      if (candidate.getMetadata().getName().equals(service)) {
        namespace = candidate.getMetadata().getNamespace();
        faults.unless(
            "None".equals(candidate.getSpec().getClusterIP())
                && Boolean.TRUE.equals(candidate.getSpec().getPublishNotReadyAddresses()),
            "Service " + service,
            "does not name single pods, ready or not");
      }
    }
    faults.unless(
        String.valueOf(url.getHost())
                .equals("%s.%s.%s.svc".formatted(ContainerEnvironment.POD, service, namespace))
            && url.getPort() == settings.integer("aggregator.http.port"),
        workload,
        "advertises " + url);
  }
}
