package io.headwater.infra.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Everything the local broker and the local registry need, in one place.
 *
 * @param dataDirectory gets the folders {@code kafka} and {@code registry}
 * @param kafkaPort the broker's port for clients; 0 takes any free port
 * @param kafkaControllerPort the port of the broker's controller; 0 takes any free port
 * @param registryPort the registry's port; 0 takes any free port
 * @param registryRunnerJar Apicurio's {@code …-runner.jar}, with its {@code lib} folder beside it
 * @param registryStartTimeout how long the registry may take until it answers
 */
public record LocalInfraConfig(
    Path dataDirectory,
    int kafkaPort,
    int kafkaControllerPort,
    int registryPort,
    Path registryRunnerJar,
    Duration registryStartTimeout) {

  public LocalInfraConfig {
    Objects.requireNonNull(dataDirectory, "dataDirectory");
    if (registryPort != 0 && (registryPort == kafkaPort || registryPort == kafkaControllerPort)) {
      throw new IllegalArgumentException(
          LocalRegistryConfig.PORT_SETTING + " and a port of Kafka are both " + registryPort);
    }
    // The parts check the rest, here and not only at start.
    new LocalKafkaConfig(dataDirectory, kafkaPort, kafkaControllerPort);
    new LocalRegistryConfig(registryRunnerJar, dataDirectory, registryPort, registryStartTimeout);
  }

  /** The broker's part. */
  public LocalKafkaConfig kafka() {
    return new LocalKafkaConfig(dataDirectory.resolve("kafka"), kafkaPort, kafkaControllerPort);
  }

  /** The registry's part. */
  public LocalRegistryConfig registry() {
    return new LocalRegistryConfig(
        registryRunnerJar, dataDirectory.resolve("registry"), registryPort, registryStartTimeout);
  }

  void requireFreePorts() {
    LocalPort.claim(LocalKafkaConfig.PORT_SETTING, kafkaPort);
    LocalPort.claim(LocalKafkaConfig.CONTROLLER_PORT_SETTING, kafkaControllerPort);
    LocalPort.claim(LocalRegistryConfig.PORT_SETTING, registryPort);
  }
}
