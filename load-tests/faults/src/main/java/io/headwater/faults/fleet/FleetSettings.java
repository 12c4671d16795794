package io.headwater.faults.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
 * @param further settings on top
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
    Map<String, String> further,
    List<String> jvm) {
  public FleetSettings {
    further = Map.copyOf(further);
    jvm = List.copyOf(jvm);
  }

  /** Everything that is not an instance's own. */
  Map<String, String> common() {
    Map<String, String> common = new HashMap<>();
    common.put("bootstrap.servers", bootstrapServers);
    common.put("schema.registry.url", registryUrl);
    common.put("topics.prefix", prefix);
    common.put("models.directory", models.toString());
    common.put("sentiment.model", model);
    common.put("execution.provider", "cpu");
    common.put("scorer.engine.threads", "1");
    common.put("consumer.session.timeout.ms", Long.toString(session.toMillis()));
    common.put("consumer.heartbeat.interval.ms", Long.toString(session.toMillis() / 3));
    // The heap is small here; the default is for one of 1 GiB.
    common.put("aggregator.record.cache.bytes", "8388608");
    common.putAll(further);
    return common;
  }
}
