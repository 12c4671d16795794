package io.headwater.cli.river;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.lifecycle.Service;
import io.headwater.runtime.telemetry.Telemetry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A service whose start waits for something. */
record WaitingService(Service service, Telemetry telemetry, Thread thread)
    implements AutoCloseable {
  static WaitingService start(String name, Map<String, String> settings) {
    Settings read = LockedRiver.read(settings);
    Telemetry telemetry = Telemetry.of(name);
    Service service = Services.create(name, read, KafkaConnection.from(read), telemetry);
    Thread thread = new Thread(() -> begin(service), "test-start-" + name);
    thread.start();
    return new WaitingService(service, telemetry, thread);
  }

  private static void begin(Service service) {
    try {
      service.start();
    } catch (RuntimeException e) {
      // It is stopped while it starts: the test looks at its health.
      assertThat(e).hasMessageContaining("stopped while it was starting");
    }
  }

  String complaint() {
    assertThat(service.failure()).isEmpty();
    return telemetry.health().ready().checks().entrySet().stream()
        .filter(check -> !check.getValue().ok())
        .map(check -> check.getKey() + ": " + check.getValue().detail())
        .sorted()
        .collect(Collectors.joining("; "));
  }

  @Override
  public void close() throws InterruptedException {
    service.close();
    thread.join(TimeUnit.SECONDS.toMillis(30));
    telemetry.close();
  }
}
