package io.headwater.k8s.policy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import java.util.TreeMap;

/** Label selectors, as Kubernetes evaluates them. */
final class Selectors {
  private Selectors() {}

  static boolean matches(LabelSelector selector, Map<String, String> labels) {
    return contains(selector.getMatchLabels(), labels)
        && selector.getMatchExpressions().stream()
            .allMatch(requirement -> meets(requirement, labels));
  }

  static boolean contains(Map<String, String> wanted, Map<String, String> labels) {
    return wanted.entrySet().stream()
        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
  }

  static boolean isEmpty(LabelSelector selector) {
    return selector.getMatchLabels().isEmpty() && selector.getMatchExpressions().isEmpty();
  }

  /** In one line, the same for selectors that mean the same. */
  static String line(LabelSelector selector) {
    if (!selector.getMatchExpressions().isEmpty()) {
      return "expressions" + selector.getMatchExpressions();
    }
    return new TreeMap<>(selector.getMatchLabels()).toString();
  }

  private static boolean meets(LabelSelectorRequirement requirement, Map<String, String> labels) {
    String value = labels.get(requirement.getKey());
    return switch (requirement.getOperator()) {
      case "In" -> value != null && requirement.getValues().contains(value);
      case "NotIn" -> value == null || !requirement.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default ->
          throw new IllegalArgumentException("There is no operator " + requirement.getOperator());
    };
  }
}
