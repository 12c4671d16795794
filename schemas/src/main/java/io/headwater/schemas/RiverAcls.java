package io.headwater.schemas;

import static io.headwater.schemas.HeadwaterTopics.SENTIMENT;
import static io.headwater.schemas.HeadwaterTopics.SENTIMENT_SHADOW;
import static io.headwater.schemas.HeadwaterTopics.TASKS;
import static io.headwater.schemas.HeadwaterTopics.TRANSLATION;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;

/**
 * The least rights that each role needs in a river: the one table from which the command {@code
 * headwater acls}, the manifests for Kubernetes and the checks at start are made. A test runs the
 * whole river with exactly these.
 */
public final class RiverAcls {
  private final HeadwaterTopics topics;
  private final HeadwaterGroups groups;

  private RiverAcls(HeadwaterTopics topics) {
    this.topics = topics;
    this.groups = new HeadwaterGroups(topics.prefix());
  }

  /** The rights in the river with these topics. */
  public static RiverAcls of(HeadwaterTopics topics) {
    return new RiverAcls(topics);
  }

  /** The rights of a role as Kafka's admin client takes them. */
  public List<AclBinding> bindings(RiverRole role, String principal) {
    return grants(role).stream().flatMap(grant -> grant.bindings(principal).stream()).toList();
  }

  /** The rights of a role, in the order of the flow. */
  public List<Grant> grants(RiverRole role) {
    return switch (role) {
      case TOKENIZER -> tokenizer();
      case SCORER -> scorer();
      case AGGREGATOR -> aggregator();
      case GATEWAY, SENDER -> List.of(Grant.topic(topics.messages().name(), WRITE));
      case READER -> topics.all().stream().map(topic -> Grant.topic(topic.name(), READ)).toList();
      case TOPICS ->
          topics.all().stream().map(topic -> Grant.topic(topic.name(), CREATE, DESCRIBE)).toList();
      case MODELS -> models();
      case LETTERS -> letters();
      case REPLAY -> replay();
      case LAG -> lag();
    };
  }

  private List<Grant> tokenizer() {
    String application = groups.tokenizer();
    return List.of(
        Grant.topic(topics.messages().name(), READ),
        Grant.topic(topics.translations().name(), READ),
        Grant.topic(topics.tokens(SENTIMENT).name(), WRITE),
        Grant.topic(topics.tokens(TRANSLATION).name(), WRITE),
        Grant.topic(topics.shadowTokens().name(), WRITE),
        Grant.topic(topics.deadLetters().name(), WRITE),
        Grant.topic(topics.models().name(), READ),
        Grant.topic(topics.modelStatus().name(), WRITE),
        Grant.group(application, READ),
        Grant.prefixed(TRANSACTIONAL_ID, application + "-", WRITE));
  }

  private List<Grant> scorer() {
    List<Grant> grants = new ArrayList<>();
    for (String task : TASKS) {
      grants.add(Grant.topic(topics.tokens(task).name(), READ));
    }
    grants.add(Grant.topic(topics.shadowTokens().name(), READ));
    for (Topic<?> written :
        List.of(
            topics.sentimentScores(),
            topics.translations(),
            topics.shadowScores(),
            topics.explanations(),
            topics.deadLetters())) {
      grants.add(Grant.topic(written.name(), WRITE));
    }
    grants.add(Grant.topic(topics.models().name(), READ));
    grants.add(Grant.topic(topics.modelStatus().name(), WRITE));
    for (String task : List.of(SENTIMENT, TRANSLATION, SENTIMENT_SHADOW)) {
      grants.add(Grant.group(groups.scorer(task), READ));
      grants.add(Grant.prefixed(TRANSACTIONAL_ID, groups.scorer(task) + "-", WRITE));
    }
    return List.copyOf(grants);
  }

  private List<Grant> aggregator() {
    String application = groups.aggregator();
    List<Grant> grants = new ArrayList<>();
    for (Topic<?> read :
        List.of(
            topics.messages(),
            topics.translations(),
            topics.sentimentScores(),
            topics.explanations(),
            topics.shadowScores(),
            topics.modelStatus())) {
      grants.add(Grant.topic(read.name(), READ));
    }
    // It shows on its page what it has written itself; and it takes a canary back.
    for (Topic<?> both :
        List.of(
            topics.insights(), topics.sentimentWindows(), topics.deadLetters(), topics.models())) {
      grants.add(Grant.topic(both.name(), READ, WRITE));
    }
    // For the lag of each stage.
    for (String task : TASKS) {
      grants.add(Grant.topic(topics.tokens(task).name(), DESCRIBE));
      grants.add(Grant.group(groups.scorer(task), DESCRIBE));
    }
    grants.add(Grant.group(groups.tokenizer(), DESCRIBE));
    grants.add(Grant.group(application, READ));
    // What Kafka Streams keeps its state in; it deletes what it has repartitioned and read.
    grants.add(Grant.prefixed(TOPIC, application + "-", CREATE, READ, WRITE, DELETE));
    grants.add(Grant.prefixed(TRANSACTIONAL_ID, application + "-", WRITE));
    grants.add(Grant.transactions(groups.assignmentWriter(), WRITE));
    return List.copyOf(grants);
  }

  private List<Grant> models() {
    return List.of(
        Grant.topic(topics.models().name(), READ, WRITE),
        Grant.topic(topics.modelStatus().name(), READ),
        Grant.transactions(groups.assignmentWriter(), WRITE));
  }

  /** Any topic that a stage reads can have letters, and they go back there. */
  private List<Grant> letters() {
    List<Grant> grants = new ArrayList<>();
    grants.add(Grant.topic(topics.deadLetters().name(), READ));
    grants.add(Grant.topic(topics.replayedLetters().name(), READ, WRITE));
    Stream.of(
            topics.messages(),
            topics.tokens(SENTIMENT),
            topics.tokens(TRANSLATION),
            topics.shadowTokens(),
            topics.translations(),
            topics.sentimentScores())
        .forEach(topic -> grants.add(Grant.topic(topic.name(), READ, WRITE)));
    grants.add(Grant.transactions(groups.letterReplay(), WRITE));
    return List.copyOf(grants);
  }

  /** A replay is a river of its own under another prefix, fed by the messages of this one. */
  private List<Grant> replay() {
    String replays = groups.replays();
    return List.of(
        Grant.topic(topics.messages().name(), READ),
        Grant.topic(topics.insights().name(), READ),
        Grant.topic(topics.replays().name(), CREATE, READ, WRITE),
        Grant.prefixed(TOPIC, replays, CREATE, READ, WRITE, DELETE),
        Grant.prefixed(GROUP, replays, READ, DELETE),
        Grant.prefixed(TRANSACTIONAL_ID, replays, WRITE),
        // For the quotas of its clients: Kafka knows no narrower right.
        Grant.cluster(DESCRIBE_CONFIGS, ALTER_CONFIGS));
  }

  private List<Grant> lag() {
    List<Grant> grants = new ArrayList<>();
    Stream.of(
            topics.messages(),
            topics.tokens(SENTIMENT),
            topics.tokens(TRANSLATION),
            topics.translations(),
            topics.sentimentScores())
        .forEach(topic -> grants.add(Grant.topic(topic.name(), DESCRIBE)));
    Stream.of(
            groups.tokenizer(),
            groups.scorer(SENTIMENT),
            groups.scorer(TRANSLATION),
            groups.aggregator())
        .forEach(group -> grants.add(Grant.group(group, DESCRIBE)));
    return List.copyOf(grants);
  }
}
