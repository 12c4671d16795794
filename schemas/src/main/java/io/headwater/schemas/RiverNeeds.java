package io.headwater.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * What a service needs of its river, as it is configured.
 *
 * @param river all topics of the river
 * @param role whose rights the service has
 * @param topics those that it reads or writes
 * @param groups those that it reads in; its transactions are named after them
 */
public record RiverNeeds(
    HeadwaterTopics river, RiverRole role, List<Topic<?>> topics, List<String> groups) {
  public RiverNeeds {
    requireNonNull(river, "river");
    requireNonNull(role, "role");
    topics = List.copyOf(topics);
    groups = List.copyOf(groups);
  }

  /** Of the role's rights, those that the service cannot do without. */
  List<Grant> grants() {
    return RiverAcls.of(river).grants(role).stream().filter(this::isUsed).toList();
  }

  private boolean isUsed(Grant grant) {
    ResourcePattern resource = grant.resource();
    return switch (resource.resourceType()) {
      case TOPIC -> topics.stream().anyMatch(topic -> topic.name().equals(resource.name()));
      case GROUP -> groups.contains(resource.name());
      case TRANSACTIONAL_ID ->
          groups.stream().anyMatch(group -> resource.name().equals(group + "-"));
      default -> false;
    };
  }
}
