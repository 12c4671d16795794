package io.headwater.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service asks before it begins: are its topics there, and are their schemas registered? A
 * service never makes either itself, so that a typing mistake cannot make a second river.
 */
public final class RiverPreflight {
  private static final Logger LOG = LoggerFactory.getLogger(RiverPreflight.class);
  private static final int SECONDS = 10;

  private final Admin admin;
  private final SchemaRegistry registry;

  public RiverPreflight(Admin admin, SchemaRegistry registry) {
    this.admin = admin;
    this.registry = registry;
  }

  /**
   * Waits until broker and registry answer, then checks.
   *
   * @param adminProperties of Kafka's admin client
   * @throws NotReadyException when topics or schemas are missing: only an operator can mend that
   */
  public static void await(
      Map<String, Object> adminProperties, SchemaRegistry registry, List<Topic<?>> topics) {
    try (Admin admin = Admin.create(adminProperties)) {
      RiverPreflight preflight = new RiverPreflight(admin, registry);
      List<String> faults = preflight.missingOnceReachable(topics);
      if (!faults.isEmpty()) {
        throw new NotReadyException(String.join("; ", faults));
      }
    }
  }

  private List<String> missingOnceReachable(List<Topic<?>> topics) {
    while (true) {
      try {
        return missing(topics);
      } catch (BrokerUnavailableException | RegistryUnavailableException e) {
        LOG.warn("event=waiting_for_environment reason=\"{}\"", e.getMessage());
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new NotReadyException("interrupted while waiting for Kafka and the registry");
      }
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
    if (Thread.currentThread().isInterrupted()) {
      throw new NotReadyException("interrupted while waiting for Kafka and the registry");
    }
  }

  /**
   * Asks broker and registry.
   *
   * @param topics those that the service reads or writes
   * @return one sentence for each thing that is missing, with the command that mends it
   * @throws BrokerUnavailableException when the broker does not answer
   * @throws RegistryUnavailableException when the registry does not answer
   */
  public List<String> missing(List<Topic<?>> topics) throws InterruptedException {
    List<String> faults = new ArrayList<>();
    Set<String> existing = existing();
    List<String> absent =
        topics.stream().map(Topic::name).filter(name -> !existing.contains(name)).toList();
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

  private Set<String> existing() throws InterruptedException {
    try {
      return admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new BrokerUnavailableException("Kafka does not answer: " + e.getMessage(), e);
    }
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
