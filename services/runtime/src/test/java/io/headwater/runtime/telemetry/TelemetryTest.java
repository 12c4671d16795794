package io.headwater.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {
  private final Telemetry telemetry = Telemetry.of("scorer");

  @AfterEach
  void closeTelemetry() {
    telemetry.close();
  }

  @Test
  void readinessIsAMetricAsAWholeAndForEachCheck() {
    AtomicReference<HealthStatus> model = new AtomicReference<>(HealthStatus.down("is loaded"));
    telemetry.health().readiness("streams", () -> HealthStatus.up("runs"));
    telemetry.health().readiness("model", model::get);

    assertThat(telemetry.scrape())
        .contains("headwater_ready{service=\"scorer\"} 0.0")
        .contains("headwater_ready_check{check=\"model\",service=\"scorer\"} 0.0")
        .contains("headwater_ready_check{check=\"streams\",service=\"scorer\"} 1.0");

    model.set(HealthStatus.up("here"));

    assertThat(telemetry.scrape())
        .contains("headwater_ready{service=\"scorer\"} 1.0")
        .contains("headwater_ready_check{check=\"model\",service=\"scorer\"} 1.0");
  }

  @Test
  void aRestartCanBeSeen() {
    assertThat(telemetry.scrape())
        .contains("process_start_time_seconds{service=\"scorer\"}")
        .contains("process_uptime_seconds{service=\"scorer\"}");
  }
}
