package io.headwater.infra.local;

import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A running broker and a running registry: all that the services need besides models. */
public final class LocalInfra implements AutoCloseable {
  private final LocalKafka kafka;
  private final LocalRegistry registry;

  private LocalInfra(LocalKafka kafka, LocalRegistry registry) {
    this.kafka = kafka;
    this.registry = registry;
  }

  /**
   * Starts both and returns once both serve; if one fails, the other is closed.
   *
   * @throws LocalInfraException with the fault of the one that failed
   */
  public static LocalInfra start(LocalInfraConfig config) {
    // A taken port shows at once, before anything has to be stopped again.
    config.requireFreePorts();
    // The registry is a process of its own: it starts up while this one starts the broker.
    LocalRegistry registry = LocalRegistry.launch(config.registry());
    try {
      LocalKafka kafka = LocalKafka.start(config.kafka());
      return joined(kafka, registry);
    } catch (RuntimeException e) {
      registry.close();
      throw e;
    }
  }

  private static LocalInfra joined(LocalKafka kafka, LocalRegistry registry) {
    try {
      registry.awaitReady();
      return new LocalInfra(kafka, registry);
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  public LocalKafka kafka() {
    return kafka;
  }

  public LocalRegistry registry() {
    return registry;
  }

  /** The broker's address, for a client's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** The registry's address, for a client's {@code schema.registry.url}. */
  public URI registryUrl() {
    return registry.url();
  }

  /** Completes with the reason if either ends by itself; never completes otherwise. */
  public CompletionStage<LocalInfraException> failure() {
    return kafka.failure().applyToEither(registry.failure(), Function.identity());
  }

  /** Stops the broker, then the registry that its last clients may still ask; waits for both. */
  @Override
  public void close() {
    try (registry) {
      kafka.close();
    }
  }
}
