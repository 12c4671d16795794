package io.headwater.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka what this client may do. Only what Kafka says plainly counts: where it cannot be
 * asked, the work itself will tell.
 */
final class RightsCheck {
  private static final int SECONDS = 5;

  private final Admin admin;
  private final Map<String, TopicDescription> topics;

  /**
   * A check.
   *
   * @param topics described with their authorised operations
   */
  RightsCheck(Admin admin, Map<String, TopicDescription> topics) {
    this.admin = admin;
    this.topics = topics;
  }

  /** What is lacking of some rights, in words, one a thing. */
  List<String> lacking(List<Grant> grants) throws InterruptedException {
    List<String> lacking = new ArrayList<>();
    for (Grant grant : grants) {
      List<AclOperation> refused =
          switch (grant.resource().resourceType()) {
            case TOPIC -> ofTopic(grant);
            case GROUP -> ofGroup(grant);
            case TRANSACTIONAL_ID -> ofTransactions(grant);
            default -> List.of();
          };
      if (!refused.isEmpty()) {
        lacking.add(words(grant, refused));
      }
    }
    return lacking;
  }

  private List<AclOperation> ofTopic(Grant grant) {
    TopicDescription topic = topics.get(grant.resource().name());
    return topic == null ? List.of() : without(grant, topic.authorizedOperations());
  }

  private List<AclOperation> ofGroup(Grant grant) throws InterruptedException {
    String group = grant.resource().name();
    KafkaFuture<ConsumerGroupDescription> asked =
        admin
            .describeConsumerGroups(
                List.of(group),
                new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
            .describedGroups()
            .get(group);
    try {
      return asked == null
          ? List.of()
          : without(grant, asked.get(SECONDS, TimeUnit.SECONDS).authorizedOperations());
    } catch (ExecutionException e) {
      return refused(grant, e);
    } catch (TimeoutException e) {
      return List.of();
    }
  }

  /** Any id will do that begins as the grant says: nobody has ever used this one. */
  private List<AclOperation> ofTransactions(Grant grant) throws InterruptedException {
    String id = grant.resource().name() + "preflight";
    try {
      var unused =
          admin.describeTransactions(List.of(id)).description(id).get(SECONDS, TimeUnit.SECONDS);
      return List.of();
    } catch (ExecutionException e) {
      return refused(grant, e);
    } catch (TimeoutException e) {
      return List.of();
    }
  }

  private static List<AclOperation> refused(Grant grant, ExecutionException e) {
    return e.getCause() instanceof AuthorizationException
        ? List.copyOf(grant.operations())
        : List.of();
  }

  private static List<AclOperation> without(Grant grant, @Nullable Set<AclOperation> authorized) {
    return authorized == null || authorized.isEmpty()
        ? List.of()
        : grant.operations().stream().filter(operation -> !authorized.contains(operation)).toList();
  }

  private static String words(Grant grant, List<AclOperation> operations) {
    return "%s on %s %s"
        .formatted(
            String.join(" and ", operations.stream().map(AclOperation::name).toList()),
            grant.resource().resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            grant.resource().name());
  }
}
