package io.headwater.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.runtime.config.InvalidSettingsException;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.config.SettingsReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {
  @Test
  void hasDefaultsForALaptop() {
    assertThat(GatewayConfig.from(read(Map.of())))
        .isEqualTo(
            new GatewayConfig(
                "127.0.0.1",
                8081,
                "127.0.0.1",
                9104,
                8 << 20,
                1 << 20,
                10_000,
                64 << 20,
                1_024,
                Duration.ofSeconds(10)));
  }

  @Test
  void mapsEveryKey() {
    Map<String, String> flags =
        Map.of(
            "gateway.http.host", "0.0.0.0",
            "gateway.http.port", "1",
            "gateway.admin.host", "localhost",
            "gateway.admin.port", "2",
            "gateway.max.body.bytes", "30",
            "gateway.max.text.bytes", "4",
            "gateway.max.inflight.messages", "5",
            "gateway.max.inflight.bytes", "60",
            "gateway.max.connections", "7",
            "gateway.delivery.timeout.ms", "8000");

    assertThat(GatewayConfig.from(read(flags)))
        .isEqualTo(
            new GatewayConfig(
                "0.0.0.0", 1, "localhost", 2, 30, 4, 5, 60, 7, Duration.ofSeconds(8)));
    assertThat(flags.keySet()).isEqualTo(definition().names());
  }

  @Test
  void refusesLimitsThatDoNotFitTogetherAllAtOnce() {
    Settings settings =
        read(Map.of("gateway.max.body.bytes", "1000", "gateway.max.inflight.bytes", "10"));

    assertThatThrownBy(() -> GatewayConfig.from(settings))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("gateway.max.body.bytes: 1000 is above gateway.max.inflight.bytes")
        .hasMessageContaining("gateway.max.text.bytes: 1048576 is above gateway.max.body.bytes");
  }

  private static ConfigDef definition() {
    return GatewayConfig.define(new ConfigDef());
  }

  private static Settings read(Map<String, String> flags) {
    return SettingsReader.read(definition(), Optional.empty(), Map.of(), flags);
  }
}
