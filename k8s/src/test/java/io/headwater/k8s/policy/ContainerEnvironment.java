package io.headwater.k8s.policy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment that Kubernetes gives to a container. */
final class ContainerEnvironment {
  /** Name of the pod wherever one is asked for. */
  static final String POD = "the-pod-0";

  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Z0-9_]+)\\)");

  private ContainerEnvironment() {}

  /** All variables, with what they refer to put in. */
  static Map<String, String> of(River river, Container container) {
    Map<String, String> variables = new LinkedHashMap<>();
    container
        .getEnvFrom()
        .forEach(
            from -> {
              if (from.getConfigMapRef() != null) {
                river.all(ConfigMap.class).stream()
                    .filter(
                        map -> map.getMetadata().getName().equals(from.getConfigMapRef().getName()))
                    .forEach(map -> variables.putAll(map.getData()));
              }
            });
    for (EnvVar variable : container.getEnv()) {
      String value =
          variable.getValueFrom() != null
              ? from(variable.getValueFrom(), container)
              : variable.getValue();
      variables.put(variable.getName(), resolved(value == null ? "" : value, variables));
    }
    return variables;
  }

  private static String from(EnvVarSource source, Container container) {
    if (source.getFieldRef() != null
        && source.getFieldRef().getFieldPath().equals("metadata.name")) {
      return POD;
    }
    return source.getResourceFieldRef() == null
        ? ""
        : limit(container, source.getResourceFieldRef().getResource().replace("limits.", ""));
  }

  /** A limit as the downward interface gives it: rounded up; empty where there is none. */
  static String limit(Container container, String resource) {
    return Optional.ofNullable(container.getResources().getLimits().get(resource))
        .map(Quantity::getNumericalAmount)
        .map(amount -> amount.setScale(0, RoundingMode.CEILING).toPlainString())
        .orElse("");
  }

  // A variable may refer only to those before it.
  private static String resolved(String value, Map<String, String> before) {
    return REFERENCE
        .matcher(value)
        .replaceAll(
            match -> Matcher.quoteReplacement(before.getOrDefault(match.group(1), match.group())));
  }
}
