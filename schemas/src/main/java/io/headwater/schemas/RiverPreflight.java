package io.headwater.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service asks before it begins: are its topics there, are their schemas registered, and may
 * it do what it must? A service never makes or takes any of them itself, so that a typing mistake
 * cannot make a second river.
 */
public final class RiverPreflight {
  private static final Logger LOG = LoggerFactory.getLogger(RiverPreflight.class);
  private static final int SECONDS = 10;

  /** What has not changed is said again that seldom. */
  private static final long SAY_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Admin admin;
  private final SchemaRegistry registry;

  public RiverPreflight(Admin admin, SchemaRegistry registry) {
    this.admin = admin;
    this.registry = registry;
  }

  /**
   * Waits until broker and registry answer and let this client in, then checks.
   *
   * @param adminProperties of Kafka's admin client
   * @param waiting told what is waited for, each time that it has been asked for in vain
   * @throws NotReadyException when topics or schemas are missing: only an operator can mend that
   */
  public static void await(
      Map<String, Object> adminProperties,
      SchemaRegistry registry,
      RiverNeeds needs,
      Consumer<String> waiting) {
    String said = "";
    long saidAt = 0;
    while (true) {
      String reason;
      try {
        List<String> faults = askedAnew(adminProperties, registry, needs);
        if (!faults.isEmpty()) {
          throw new NotReadyException(String.join("; ", faults));
        }
        return;
      } catch (BrokerUnavailableException
          | RegistryUnavailableException
          | RightsMissingException e) {
        reason = String.valueOf(e.getMessage());
      } catch (KafkaException e) {
        if (Causes.innermost(e) instanceof ConfigException wrong) {
          throw new NotReadyException(
              "a setting of Kafka's client is wrong: " + wrong.getMessage());
        }
        // The client cannot even be made: where it gets its token from does not answer, say.
        reason = "Kafka's client cannot log in: " + words(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted();
      }
      waiting.accept(reason);
      if (!reason.equals(said) || System.nanoTime() - saidAt > SAY_AGAIN_NANOS) {
        LOG.warn("event=waiting_for_environment reason=\"{}\"", reason);
        said = reason;
        saidAt = System.nanoTime();
      }
      pause();
    }
  }

  private static List<String> askedAnew(
      Map<String, Object> adminProperties, SchemaRegistry registry, RiverNeeds needs)
      throws InterruptedException {
    Admin admin = Admin.create(adminProperties);
    try {
      return new RiverPreflight(admin, registry).missing(needs);
    } finally {
      // What has not been answered by now is not waited for: that would take a minute.
      admin.close(Duration.ZERO);
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  private static NotReadyException interrupted() {
    return new NotReadyException("interrupted while waiting for Kafka and the registry");
  }

  /**
   * Asks broker and registry.
   *
   * @param topics those that the service reads or writes
   * @return one sentence for each thing that is missing, with the command that mends it
   * @throws BrokerUnavailableException when the broker does not answer
   * @throws RegistryUnavailableException when the registry does not answer
   * @throws RightsMissingException when this client may not even see the topics
   */
  public List<String> missing(List<Topic<?>> topics) throws InterruptedException {
    return missing(topics, described(topics));
  }

  /**
   * Asks broker and registry, and whether this client may do what the service must.
   *
   * @return as {@link #missing(List)}
   * @throws RightsMissingException when it may not
   */
  public List<String> missing(RiverNeeds needs) throws InterruptedException {
    String command = "`headwater acls %s` prints all it needs".formatted(needs.role().label());
    Map<String, TopicDescription> described;
    try {
      described = described(needs.topics());
    } catch (RightsMissingException e) {
      throw new RightsMissingException(e.getMessage() + "; " + command);
    }
    List<String> lacking = new RightsCheck(admin, described).lacking(needs.grants());
    if (!lacking.isEmpty()) {
      throw new RightsMissingException(
          "Kafka does not grant %s; %s".formatted(String.join(", ", lacking), command));
    }
    return missing(needs.topics(), described);
  }

  private List<String> missing(List<Topic<?>> topics, Map<String, TopicDescription> described) {
    List<String> faults = new ArrayList<>();
    List<String> absent =
        topics.stream().map(Topic::name).filter(name -> !described.containsKey(name)).toList();
    if (!absent.isEmpty()) {
      faults.add(
          "topics %s do not exist: run `headwater topics create`"
              .formatted(String.join(", ", absent)));
    }
    List<String> unregistered =
        topics.stream()
            .filter(topic -> registry.idOf(topic).isEmpty())
            .map(Topic::subject)
            .toList();
    if (!unregistered.isEmpty()) {
      faults.add(
          "schemas of %s are not registered: run `headwater schemas register`"
              .formatted(String.join(", ", unregistered)));
    }
    return faults;
  }

  /** Those of the topics that there are. */
  private Map<String, TopicDescription> described(List<Topic<?>> topics)
      throws InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin
            .describeTopics(
                topics.stream().map(Topic::name).distinct().toList(),
                new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    Map<String, TopicDescription> described = new HashMap<>();
    List<String> hidden = new ArrayList<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : asked.entrySet()) {
      try {
        described.put(topic.getKey(), topic.getValue().get(SECONDS, TimeUnit.SECONDS));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException) {
          hidden.add(topic.getKey());
        } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw unavailable(e.getCause() == null ? e : e.getCause());
        }
      } catch (TimeoutException e) {
        throw unavailable(e);
      }
    }
    if (!hidden.isEmpty()) {
      hidden.sort(null);
      throw new RightsMissingException(
          "Kafka does not grant DESCRIBE, nor anything that has it, on topic "
              + String.join(", ", hidden));
    }
    return described;
  }

  private static BrokerUnavailableException unavailable(Throwable why) {
    if (why instanceof SslAuthenticationException) {
      return new BrokerUnavailableException(
          "Kafka and this client do not trust each other's certificates (%s): see kafka.ssl.*"
              .formatted(words(why)),
          why);
    }
    if (why instanceof AuthenticationException) {
      return new BrokerUnavailableException(
          "Kafka does not let this client in (%s): see kafka.sasl.*".formatted(why.getMessage()),
          why);
    }
    return new BrokerUnavailableException("Kafka does not answer: " + why.getMessage(), why);
  }

  /** Without the names of classes that Kafka puts before its words. */
  private static String words(Throwable why) {
    return Causes.firstLine(Causes.innermost(why))
        .replaceFirst("^(?:[\\w.]+(?:Exception|Error): )+", "");
  }

  /** Topics or schemas are missing. The message says which, and the command that mends it. */
  public static final class NotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotReadyException(String message) {
      super(message);
    }
  }

  /** The broker could not be asked: the environment is at fault, try again. */
  public static final class BrokerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerUnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
