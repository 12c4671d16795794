package io.headwater.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.runtime.config.InvalidSettingsException;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.config.SettingsReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
  private static final HttpEndpoint.Keys KEYS =
      new HttpEndpoint.Keys("door.host", "door.port", "door.token");
  private static final String SHARED = "shared-0123456789abcdef";
  private static final String OWN = "own-0123456789abcdef";

  @Test
  void byDefaultAnEndpointIsOpenAndOnlyForThisMachine() {
    HttpEndpoint endpoint = endpoint(Map.of());

    assertThat(endpoint).isEqualTo(HttpEndpoint.loopback(7, KEYS));
    assertThat(endpoint.scheme()).isEqualTo("http");
    assertThatCode(endpoint::requireLock).doesNotThrowAnyException();
  }

  @Test
  void anEndpointsOwnTokenGoesBeforeTheSharedOne() {
    assertThat(endpoint(Map.of("http.token", SHARED)).access().tokens())
        .isEqualTo(AccessTokens.parse(SHARED));
    assertThat(endpoint(Map.of("http.token", SHARED, "door.token", OWN)).access().tokens())
        .isEqualTo(AccessTokens.parse(OWN));
  }

  @Test
  void tlsIsItsFiles() {
    HttpEndpoint endpoint =
        endpoint(
            Map.of(
                "http.tls.certificate", "/c.pem",
                "http.tls.key", "/k.pem",
                "http.tls.client.ca", "/a.pem"));

    assertThat(endpoint.access().tls())
        .contains(
            new TlsFiles(Path.of("/c.pem"), Path.of("/k.pem"), Optional.of(Path.of("/a.pem"))));
    assertThat(endpoint.scheme()).isEqualTo("https");
    assertThat(endpoint.access().isOpen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http.tls.certificate, 'http.tls.key: set it too, since http.tls.certificate is set'",
    "http.tls.key, 'http.tls.certificate: set it too, since http.tls.key is set'",
    "http.tls.client.ca, 'http.tls.certificate: set it too, since http.tls.client.ca is set'"
  })
  void filesThatAreNotAllNamedAreAFault(String key, String fault) {
    assertThatThrownBy(() -> endpoint(Map.of(key, "/f.pem")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(fault);
  }

  @Test
  void aTokenThatIsTooShortIsAFaultThatDoesNotRepeatIt() {
    assertThatThrownBy(() -> endpoint(Map.of("http.token", "hunter2")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("http.token: [hidden]: a token has at least 16 characters")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "no-such-name.invalid"})
  void anEndpointThatOtherMachinesReachIsRefusedWithoutALock(String host) {
    assertThatThrownBy(() -> endpoint(Map.of("door.host", host)).requireLock())
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "door.host: %s (with door.port) can be reached from other machines, and nothing is asked of who comes: set http.token (or door.token), or http.tls.client.ca, or listen on 127.0.0.1"
                .formatted(host));
  }

  @Test
  void tlsAloneIsNoLock() {
    assertThatThrownBy(
            () ->
                endpoint(
                        Map.of(
                            "door.host", "0.0.0.0",
                            "http.tls.certificate", "/c.pem",
                            "http.tls.key", "/k.pem"))
                    .requireLock())
        .isInstanceOf(InvalidSettingsException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "localhost", "::1", "[::1]"})
  void aLoopbackAddressNeedsNone(String host) {
    assertThatCode(() -> endpoint(Map.of("door.host", host)).requireLock())
        .doesNotThrowAnyException();
  }

  @Test
  void aTokenOrAnAuthorityIsALock() {
    assertThatCode(() -> endpoint(Map.of("door.host", "0.0.0.0", "door.token", OWN)).requireLock())
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                endpoint(
                        Map.of(
                            "door.host", "0.0.0.0",
                            "http.tls.certificate", "/c.pem",
                            "http.tls.key", "/k.pem",
                            "http.tls.client.ca", "/a.pem"))
                    .requireLock())
        .doesNotThrowAnyException();
  }

  private static HttpEndpoint endpoint(Map<String, String> flags) {
    ConfigDef definition =
        HttpSettings.define(new ConfigDef())
            .define("door.host", Type.STRING, "127.0.0.1", Importance.LOW, "")
            .define("door.port", Type.INT, 7, Importance.LOW, "");
    HttpSettings.defineToken(definition, "door.token", "");
    Settings settings =
        SettingsReader.read(definition, Optional.empty(), Map.of(), new HashMap<>(flags));
    return HttpSettings.endpoint(settings, KEYS);
  }
}
