package io.headwater.infra.local;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the local broker keeps its data and on which ports of the loopback address it listens.
 *
 * @param dataDirectory the broker's own folder; created if missing, kept between runs
 * @param port for clients; 0 takes any free port
 * @param controllerPort for the broker's own controller; 0 takes any free port
 */
public record LocalKafkaConfig(Path dataDirectory, int port, int controllerPort) {
  static final String PORT_SETTING = "kafka.port";
  static final String CONTROLLER_PORT_SETTING = "kafka.controller.port";

  public LocalKafkaConfig {
    Objects.requireNonNull(dataDirectory, "dataDirectory");
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    if (dataDirectory.toString().contains(",")) {
      // Kafka reads its folder setting as a list.
      throw new IllegalArgumentException(
          "The data directory of Kafka must have no comma in its path: " + dataDirectory);
    }
    LocalPort.requireValid(PORT_SETTING, port);
    LocalPort.requireValid(CONTROLLER_PORT_SETTING, controllerPort);
    if (port != 0 && port == controllerPort) {
      throw new IllegalArgumentException(
          PORT_SETTING + " and " + CONTROLLER_PORT_SETTING + " are both " + port);
    }
  }
}
