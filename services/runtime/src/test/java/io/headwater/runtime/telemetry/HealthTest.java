package io.headwater.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final Health health = new Health();

  @Test
  void oneCheckThatIsDownIsEnough() {
    health.readiness("model", () -> HealthStatus.up("loaded"));
    health.readiness("streams", () -> HealthStatus.down("rebalancing"));

    HealthReport report = health.ready();

    assertThat(report.ok()).isFalse();
    assertThat(report.checks())
        .containsEntry("model", new HealthStatus(true, "loaded"))
        .containsEntry("streams", new HealthStatus(false, "rebalancing"));
  }

  @Test
  void livenessAndReadinessAreApart() {
    health.readiness("streams", () -> HealthStatus.down("starting"));
    health.liveness("streams", () -> HealthStatus.up("no error"));

    assertThat(health.live().ok()).isTrue();
    assertThat(health.ready().ok()).isFalse();
  }

  @Test
  void aCheckIsAskedEachTime() {
    AtomicReference<HealthStatus> status = new AtomicReference<>(HealthStatus.down("starting"));
    health.readiness("streams", status::get);
    assertThat(health.ready().ok()).isFalse();

    status.set(HealthStatus.up("running"));

    assertThat(health.ready().ok()).isTrue();
  }

  @Test
  void aLaterCheckOfTheSameNameReplacesTheFirst() {
    health.readiness("streams", () -> HealthStatus.down("first"));
    health.readiness("streams", () -> HealthStatus.up("second"));

    assertThat(health.ready().checks())
        .containsOnly(Map.entry("streams", HealthStatus.up("second")));
  }

  @Test
  void aCheckThatFailsIsDownAndTheOthersStillAnswer() {
    health.readiness(
        "broken",
        () -> {
          throw new IllegalStateException("no broker");
        });
    health.readiness("model", () -> HealthStatus.up("loaded"));

    HealthReport report = health.ready();

    assertThat(report.ok()).isFalse();
    assertThat(report.checks()).containsEntry("model", HealthStatus.up("loaded"));
    assertThat(report.checks())
        .hasEntrySatisfying(
            "broken",
            status -> {
              assertThat(status.ok()).isFalse();
              assertThat(status.detail()).contains("no broker");
            });
  }
}
