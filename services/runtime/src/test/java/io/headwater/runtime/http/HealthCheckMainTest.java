package io.headwater.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

class HealthCheckMainTest {
  @Test
  void saysWhetherTheServiceIsReady() throws IOException, GeneralSecurityException {
    try (Telemetry telemetry = Telemetry.of("test");
        AdminServer server =
            AdminServer.start(
                HttpEndpoint.loopback(
                    0,
                    new HttpEndpoint.Keys(
                        "test.admin.host", "test.admin.port", HttpSettings.ADMIN_TOKEN)),
                telemetry)) {
      assertThat(HealthCheckMain.fault(server.port())).isEmpty();

      telemetry.health().readiness("broker", () -> HealthStatus.down("away"));

      assertThat(HealthCheckMain.fault(server.port())).contains("503");
    }
  }

  @Test
  void aPortWhereNobodyListensIsNoAnswer() {
    assertThatThrownBy(() -> HealthCheckMain.fault(1)).isInstanceOf(IOException.class);
  }
}
