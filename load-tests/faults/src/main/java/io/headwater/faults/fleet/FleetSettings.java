package io.headwater.faults.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What all services of a scenario are started with.
 *
 * @param dist the product, as {@code ./mvnw package} lays it out
 * @param folder for state, logs and working directories
 * @param bootstrapServers Kafka
 * @param registryUrl the registry
 * @param prefix of all topics and groups
 * @param models folder of model packages
 * @param model package that serves, as {@code id@version}
 * @param session after which Kafka takes a silent member for dead
 * @param jvm options of the services' JVMs
 */
public record FleetSettings(
    Path dist,
    Path folder,
    String bootstrapServers,
    String registryUrl,
    String prefix,
    Path models,
    String model,
    Duration session,
    List<String> jvm) {

  /** Everything that is not an instance's own. */
  Map<String, String> common() {
    return Map.of(
        "bootstrap.servers", bootstrapServers,
        "schema.registry.url", registryUrl,
        "topics.prefix", prefix,
        "models.directory", models.toString(),
        "sentiment.model", model,
        "execution.provider", "cpu",
        "scorer.engine.threads", "1",
        "consumer.session.timeout.ms", Long.toString(session.toMillis()),
        "consumer.heartbeat.interval.ms", Long.toString(session.toMillis() / 3),
        // The heap is small here; the defaults are for one of 1 GiB.
        "aggregator.record.cache.bytes", "8388608");
  }
}
