package io.headwater.cli.access;

import io.headwater.schemas.Grant;
import io.headwater.schemas.RiverRole;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Rights as a manifest of Strimzi's {@code KafkaUser}, which Strimzi's user operator gives. */
final class KafkaUserManifest {
  private KafkaUserManifest() {}

  static String of(RiverRole role, String principal, List<Grant> grants, String cluster) {
    String name = principal.replaceFirst("^User:", "").toLowerCase(Locale.ROOT);
    return """
        ---
        # %s
        apiVersion: kafka.strimzi.io/v1
        kind: KafkaUser
        metadata:
          name: %s
          labels:
            strimzi.io/cluster: %s
        spec:
          authentication:
            type: scram-sha-512
          authorization:
            type: simple
            acls:
        %s"""
        .formatted(
            role.purpose(),
            name,
            cluster,
            grants.stream().map(KafkaUserManifest::acl).collect(Collectors.joining("\n")));
  }

  private static String acl(Grant grant) {
    String operations =
        grant.operations().stream().map(KafkaAclsLines::name).collect(Collectors.joining(", "));
    return "      - resource:\n%s\n        operations: [%s]"
        .formatted(resource(grant.resource()), operations);
  }

  private static String resource(ResourcePattern resource) {
    if (resource.resourceType() == ResourceType.CLUSTER) {
      return "          type: cluster";
    }
    return """
                  type: %s
                  name: %s
                  patternType: %s\
        """
        .formatted(
            resource.resourceType() == ResourceType.TRANSACTIONAL_ID
                ? "transactionalId"
                : resource.resourceType().name().toLowerCase(Locale.ROOT),
            resource.name(),
            resource.patternType().name().toLowerCase(Locale.ROOT));
  }
}
