package io.headwater.cli.river;

import io.headwater.cli.CommandFailure;
import io.headwater.infra.local.LocalInfra;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.lifecycle.ResourceStack;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.TopicPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** A whole river in this process: broker, registry (a child process), topics, schemas, services. */
public final class LocalRiver implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ResourceStack resources = new ResourceStack();
  private final ServiceGroup services = new ServiceGroup();
  private final KafkaConnection kafka;
  private final AtomicReference<String> infraFailure = new AtomicReference<>("");

  private LocalRiver(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  /**
   * Starts everything and waits until every service is ready.
   *
   * @param settings of all services
   * @param dataDirectory for broker, registry and state stores
   * @param progress is told each step, in words
   * @throws CommandFailure when a service does not become ready
   */
  public static LocalRiver start(Settings settings, Path dataDirectory, Consumer<String> progress) {
    Instant begun = Instant.now();
    LocalInfra infra = LocalInfra.start(LocalSettings.infra(settings, dataDirectory));
    KafkaConnection kafka =
        KafkaConnection.from(settings)
            .reaching(infra.bootstrapServers(), infra.registryUrl().toString());
    LocalRiver river = new LocalRiver(kafka);
    river.resources.add(infra);
    river.resources.add(river.services);
    infra
        .failure()
        .whenComplete(
            (failure, error) -> river.infraFailure.set(String.valueOf(failure.getMessage())));
    try {
      progress.accept(
          "Kafka on %s, schema registry on %s (%.1f s)"
              .formatted(infra.bootstrapServers(), infra.registryUrl(), seconds(begun)));
      river.prepare(settings.integer(LocalSettings.PARTITIONS));
      progress.accept("topics and schemas are there");
      for (String name : Services.NAMES) {
        river.services.start(name, settings, kafka);
      }
      river.awaitReady();
      progress.accept("all services are ready (%.1f s)".formatted(seconds(begun)));
      return river;
    } catch (RuntimeException e) {
      river.close();
      throw e;
    }
  }

  /** How to reach the river's broker and registry. */
  public KafkaConnection kafka() {
    return kafka;
  }

  /** What has failed since, the broker and the registry too; empty while all is well. */
  public List<String> failures() {
    return Stream.concat(Stream.ofNullable(infraFailure.get()), services.failures().stream())
        .filter(failure -> !failure.isEmpty())
        .toList();
  }

  @Override
  public void close() {
    resources.close();
  }

  private void prepare(int partitions) {
    HeadwaterTopics topics = kafka.topics(HeadwaterTopics::of);
    try (Admin admin = Admin.create(kafka.forAdmin())) {
      TopicPlan.of(partitions, 1).create(admin, topics);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted while the topics were made", e);
    } catch (ExecutionException e) {
      throw new CommandFailure("the topics cannot be made: " + e.getCause(), e);
    }
    SchemaRegistry.at(kafka.registryUrl(), Map.of()).register(topics.all());
  }

  private void awaitReady() {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!services.isReady()) {
      List<String> failed = failures();
      if (!failed.isEmpty()) {
        throw new CommandFailure(String.join("; ", failed));
      }
      if (Instant.now().isAfter(deadline)) {
        throw new CommandFailure(
            "not ready after %d s: %s".formatted(PATIENCE.toSeconds(), services.complaints()));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure("interrupted while the services started", e);
      }
    }
  }

  private static double seconds(Instant since) {
    return Duration.between(since, Instant.now()).toMillis() / 1000.0;
  }
}
