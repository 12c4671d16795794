package io.headwater.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.gateway.http.RateLimits;
import io.headwater.runtime.config.InvalidSettingsException;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.config.SettingsReader;
import io.headwater.runtime.http.AccessTokens;
import io.headwater.runtime.http.HttpAccess;
import io.headwater.runtime.http.HttpEndpoint;
import java.time.Duration;
import java.util.HashMap;
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
                HttpEndpoint.loopback(8081, GatewayConfig.DOOR),
                HttpEndpoint.loopback(9104, GatewayConfig.ADMIN),
                RateLimits.NONE,
                8 << 20,
                1 << 20,
                10_000,
                64 << 20,
                1_024,
                Duration.ofSeconds(10)));
  }

  @Test
  void mapsEveryKey() {
    Map<String, String> flags = new HashMap<>();
    flags.put("gateway.rate.messages.per.second", "9");
    flags.put("gateway.rate.client.messages.per.second", "8");
    flags.putAll(
        Map.of(
            "gateway.http.host", "0.0.0.0",
            "gateway.http.port", "1",
            "gateway.http.token", "sixteen-letters-at-least",
            "gateway.admin.host", "localhost",
            "gateway.admin.port", "2",
            "gateway.max.body.bytes", "30",
            "gateway.max.text.bytes", "4",
            "gateway.max.inflight.messages", "5",
            "gateway.max.inflight.bytes", "60",
            "gateway.max.connections", "7"));
    flags.put("gateway.delivery.timeout.ms", "8000");

    assertThat(GatewayConfig.from(read(flags)))
        .isEqualTo(
            new GatewayConfig(
                new HttpEndpoint(
                    "0.0.0.0",
                    1,
                    GatewayConfig.DOOR,
                    new HttpAccess(
                        AccessTokens.parse("sixteen-letters-at-least"), Optional.empty())),
                new HttpEndpoint("localhost", 2, GatewayConfig.ADMIN, HttpAccess.OPEN),
                new RateLimits(9, 8),
                30,
                4,
                5,
                60,
                7,
                Duration.ofSeconds(8)));
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
