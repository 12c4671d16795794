package io.headwater.infra.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * What the local registry runs from, where it keeps the schemas and where it listens.
 *
 * @param runnerJar Apicurio's {@code …-runner.jar}, with its {@code lib} folder beside it
 * @param dataDirectory the registry's own folder; created if missing, kept between runs
 * @param port on the loopback address; 0 takes any free port
 * @param startTimeout how long the registry may take until it answers
 */
public record LocalRegistryConfig(
    Path runnerJar, Path dataDirectory, int port, Duration startTimeout) {
  static final String PORT_SETTING = "registry.port";

  public LocalRegistryConfig {
    Objects.requireNonNull(runnerJar, "runnerJar");
    Objects.requireNonNull(dataDirectory, "dataDirectory");
    Objects.requireNonNull(startTimeout, "startTimeout");
    runnerJar = runnerJar.toAbsolutePath().normalize();
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    LocalPort.requireValid(PORT_SETTING, port);
    if (startTimeout.isNegative() || startTimeout.isZero()) {
      throw new IllegalArgumentException(
          "The registry's start timeout must be longer than " + startTimeout);
    }
  }
}
