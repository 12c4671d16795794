package io.headwater.k8s.policy;

import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RiverAcls;
import io.headwater.schemas.RiverRole;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.KafkaUserScramSha512ClientAuthentication;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTransactionalIdResource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** Every user has the rights of its role in {@link RiverAcls}, and no other. */
final class KafkaUsers implements Rule {
  private static final String PREFIX = "headwater-";
  private static final RiverAcls ACLS = RiverAcls.of(new HeadwaterTopics(""));

  @Override
  public List<String> faults(River river) {
    Faults faults = new Faults();
    for (KafkaUser user : river.all(KafkaUser.class)) {
      String name = user.getMetadata().getName();
      String where = "KafkaUser " + name;
      Optional<RiverRole> role =
          Arrays.stream(RiverRole.values())
              .filter(candidate -> name.equals(PREFIX + candidate.label()))
              .findFirst();
      if (role.isEmpty()) {
        faults.add(where, "is no role of the river's");
        continue;
      }
      faults.unless(
          "river".equals(user.getMetadata().getLabels().get("strimzi.io/cluster")),
          where,
          "is of no cluster");
      faults.unless(
          user.getSpec().getAuthentication() instanceof KafkaUserScramSha512ClientAuthentication,
          where,
          "does not log in by SCRAM-SHA-512");
      compare(where, rights(user), wanted(role.get()), faults);
    }
    return faults.found();
  }

  private static void compare(String where, Set<String> actual, Set<String> wanted, Faults faults) {
    actual.stream()
        .filter(right -> !wanted.contains(right))
        .forEach(right -> faults.add(where, "may " + right + ", which its role may not"));
    wanted.stream()
        .filter(right -> !actual.contains(right))
        .forEach(right -> faults.add(where, "may not " + right + ", which its role needs"));
  }

  private static Set<String> wanted(RiverRole role) {
    return ACLS.bindings(role, "User:" + PREFIX + role.label()).stream()
        .map(KafkaUsers::right)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String right(AclBinding binding) {
    return right(
        binding.entry().operation().name(),
        binding.pattern().resourceType(),
        binding.pattern().patternType(),
        binding.pattern().name());
  }

  private static String right(
      String operation, ResourceType type, PatternType pattern, String name) {
    return "%s %s %s %s"
        .formatted(
            operation.replace("_", "").toUpperCase(Locale.ROOT),
            type,
            pattern == PatternType.PREFIXED ? "that begins with" : "called",
            name);
  }

  private static Set<String> rights(KafkaUser user) {
    Set<String> rights = new TreeSet<>();
    if (user.getSpec().getAuthorization() instanceof KafkaUserAuthorizationSimple simple) {
      for (AclRule rule : simple.getAcls()) {
        rule.getOperations()
            .forEach(
                operation ->
                    rights.add(
                        (rule.getType().toValue().equals("allow") ? "" : "deny ")
                            + (rule.getHost() == null || rule.getHost().equals("*") ? "" : "host ")
                            + right(operation.toValue(), rule.getResource())));
      }
    }
    return rights;
  }

  private static String right(String operation, AclRuleResource resource) {
    if (resource instanceof AclRuleTopicResource topic) {
      return right(
          operation,
          ResourceType.TOPIC,
          pattern(topic.getPatternType().toValue()),
          topic.getName());
    }
    if (resource instanceof AclRuleGroupResource group) {
      return right(
          operation,
          ResourceType.GROUP,
          pattern(group.getPatternType().toValue()),
          group.getName());
    }
    if (resource instanceof AclRuleTransactionalIdResource id) {
      return right(
          operation,
          ResourceType.TRANSACTIONAL_ID,
          pattern(id.getPatternType().toValue()),
          id.getName());
    }
    return right(operation, ResourceType.CLUSTER, PatternType.LITERAL, "kafka-cluster");
  }

  private static PatternType pattern(String written) {
    return written.equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL;
  }
}
