package io.headwater.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All rules that a rendered overlay keeps to.
 *
 * @param rules in the order of asking
 */
public record Policy(List<Rule> rules) {
  public Policy {
    rules = List.copyOf(rules);
  }

  /**
   * The rules for this version of the project.
   *
   * @param version of the project
   * @param otherImages tags of the images of others
   * @param secrets that the README says how to make, with their keys
   * @param alerts groups of rules of infra/prometheus
   * @param anySecret a file that stands for those of secrets
   */
  public record Facts(
      String version,
      Map<String, String> otherImages,
      Map<String, Set<String>> secrets,
      JsonNode alerts,
      Path anySecret) {}

  /** The rules, from what is true of the project. */
  public static Policy of(Facts facts) {
    References references = new References(facts.secrets());
    return new Policy(
        List.of(
            new RestrictedPods(),
            new Containers(facts.version(), facts.otherImages()),
            new Gpus(),
            new Scaling(),
            new Disruption(),
            new Network(),
            new ServiceSettings(facts.anySecret()),
            references,
            new KafkaTopics(),
            new KafkaUsers(),
            new Monitoring(facts.alerts(), references)));
  }

  /** All that is wrong, with the name of the rule. */
  public List<String> faults(River river) {
    List<String> faults = new ArrayList<>();
    for (Rule rule : rules) {
      rule.faults(river)
          .forEach(fault -> faults.add(rule.getClass().getSimpleName() + ": " + fault));
    }
    return faults;
  }
}
