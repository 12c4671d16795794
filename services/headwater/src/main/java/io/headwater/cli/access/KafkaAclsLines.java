package io.headwater.cli.access;

import io.headwater.schemas.Grant;
import io.headwater.schemas.RiverRole;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** Rights as lines for {@code kafka-acls.sh}, to be run in a shell. */
final class KafkaAclsLines {
  private KafkaAclsLines() {}

  static String of(RiverRole role, String principal, List<Grant> grants, String servers) {
    return "# %s: %s%n".formatted(role.label(), role.purpose())
        + grants.stream()
            .map(grant -> line(principal, grant, servers))
            .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String line(String principal, Grant grant, String servers) {
    String operations =
        grant.operations().stream()
            .map(operation -> " --operation " + name(operation))
            .collect(Collectors.joining());
    return "kafka-acls.sh --bootstrap-server %s --command-config admin.properties --add"
            .formatted(quoted(servers))
        + " --allow-principal %s%s%s"
            .formatted(quoted(principal), operations, resource(grant.resource()));
  }

  private static String resource(ResourcePattern resource) {
    String name = quoted(resource.name());
    String which =
        switch (resource.resourceType()) {
          case TOPIC -> " --topic " + name;
          case GROUP -> " --group " + name;
          case TRANSACTIONAL_ID -> " --transactional-id " + name;
          case CLUSTER -> " --cluster";
          default -> throw new IllegalArgumentException(resource.toString());
        };
    return resource.patternType() == PatternType.PREFIXED
        ? which + " --resource-pattern-type prefixed"
        : which;
  }

  /** {@code DESCRIBE_CONFIGS} is DescribeConfigs to Kafka's tools. */
  static String name(AclOperation operation) {
    StringBuilder name = new StringBuilder();
    for (String word : operation.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.toString();
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_.:,@%+/-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
