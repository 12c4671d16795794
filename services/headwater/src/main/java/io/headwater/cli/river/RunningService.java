package io.headwater.cli.river;

import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.lifecycle.Service;
import io.headwater.runtime.lifecycle.ServiceState;
import io.headwater.runtime.telemetry.HealthReport;
import io.headwater.runtime.telemetry.Telemetry;
import java.util.stream.Collectors;

/** A service with the telemetry that watches it. */
final class RunningService implements AutoCloseable {
  private final Service service;
  private final Telemetry telemetry;

  private RunningService(Service service, Telemetry telemetry) {
    this.service = service;
    this.telemetry = telemetry;
  }

  static RunningService start(String name, Settings settings, KafkaConnection kafka) {
    Telemetry telemetry = Telemetry.of(name);
    RunningService running =
        new RunningService(Services.create(name, settings, kafka, telemetry), telemetry);
    try {
      running.service.start();
      return running;
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  String name() {
    return service.name();
  }

  boolean isReady() {
    return telemetry.health().ready().ok();
  }

  boolean hasFailed() {
    return service.state() == ServiceState.FAILED;
  }

  /** Why it failed, or what it still waits for. */
  String complaint() {
    HealthReport ready = telemetry.health().ready();
    String waiting =
        ready.checks().entrySet().stream()
            .filter(check -> !check.getValue().ok())
            .map(check -> check.getKey() + ": " + check.getValue().detail())
            .sorted()
            .collect(Collectors.joining("; "));
    return service.failure().map(Throwable::toString).orElse(waiting);
  }

  @Override
  public void close() {
    service.close();
    telemetry.close();
  }
}
