package io.headwater.schemas;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What may be done with one thing in Kafka, or with all whose names begin alike. Nothing that
 * another operation implies is listed: who may read or write may describe.
 *
 * @param resource the thing
 * @param operations what may be done, in Kafka's order
 */
public record Grant(ResourcePattern resource, Set<AclOperation> operations) {
  /** Any host: who may come from where is the network's to say. */
  private static final String ANY_HOST = "*";

  public Grant {
    requireNonNull(resource, "resource");
    operations = Collections.unmodifiableSet(new TreeSet<>(operations));
  }

  static Grant topic(String name, AclOperation... operations) {
    return literal(ResourceType.TOPIC, name, operations);
  }

  static Grant group(String name, AclOperation... operations) {
    return literal(ResourceType.GROUP, name, operations);
  }

  static Grant transactions(String id, AclOperation... operations) {
    return literal(ResourceType.TRANSACTIONAL_ID, id, operations);
  }

  /** Everything of a type whose name begins with {@code prefix}. */
  static Grant prefixed(ResourceType type, String prefix, AclOperation... operations) {
    return new Grant(new ResourcePattern(type, prefix, PatternType.PREFIXED), Set.of(operations));
  }

  static Grant cluster(AclOperation... operations) {
    return literal(ResourceType.CLUSTER, "kafka-cluster", operations);
  }

  private static Grant literal(ResourceType type, String name, AclOperation... operations) {
    return new Grant(new ResourcePattern(type, name, PatternType.LITERAL), Set.of(operations));
  }

  /**
   * As Kafka's admin client takes them.
   *
   * @param principal for example {@code User:scorer}
   */
  public List<AclBinding> bindings(String principal) {
    return operations.stream()
        .map(
            operation ->
                new AclBinding(
                    resource,
                    new AccessControlEntry(
                        principal, ANY_HOST, operation, AclPermissionType.ALLOW)))
        .toList();
  }
}
