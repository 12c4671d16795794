package io.headwater.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.runtime.config.InvalidSettingsException;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class LockedAdminServerTest {
  private static final HttpEndpoint.Keys KEYS =
      new HttpEndpoint.Keys("scorer.admin.host", "scorer.admin.port", "admin.http.token");
  private static final String TOKEN = "0123456789abcdef-token";
  private static final AccessTokens TOKENS = AccessTokens.parse(TOKEN);

  private final Telemetry telemetry = Telemetry.of("scorer");
  private final TestAuthority authority = new TestAuthority("ours");
  @TempDir private Path folder;

  @AfterEach
  void stop() {
    telemetry.close();
  }

  @Test
  void metricsAreForThoseWithTheToken() throws Exception {
    try (AdminServer server = start(new HttpAccess(TOKENS, Optional.empty()))) {
      HttpClient client = HttpClient.newHttpClient();

      HttpResponse<String> without = get(client, server, "http", "/metrics");
      HttpResponse<String> wrong = get(client, server, "http", "/metrics", "Bearer " + TOKEN + "0");
      HttpResponse<String> basic = get(client, server, "http", "/metrics", "Basic " + TOKEN);
      HttpResponse<String> right = get(client, server, "http", "/metrics", "bearer " + TOKEN);

      assertThat(without.statusCode()).isEqualTo(401);
      assertThat(without.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer realm=\"headwater\"");
      assertThat(without.headers().firstValue("Content-Type")).contains(Problem.CONTENT_TYPE);
      assertThat(without.body())
          .contains("urn:headwater:problem:unauthorized")
          .doesNotContain(TOKEN);
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(basic.statusCode()).isEqualTo(401);
      assertThat(right.statusCode()).isEqualTo(200);
      assertThat(right.body()).contains("jvm_memory_used_bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics/", "/health", "/health/ready/", "//health/ready", "/x"})
  void everyOtherPathIsLockedToo(String path) throws Exception {
    try (AdminServer server = start(new HttpAccess(TOKENS, Optional.empty()))) {
      assertThat(get(HttpClient.newHttpClient(), server, "http", path).statusCode()).isIn(400, 401);
    }
  }

  @Test
  void everybodyLearnsOfTheHealthButOnlyThoseWithTheTokenItsDetails() throws Exception {
    telemetry.health().readiness("model", () -> HealthStatus.down("secret-model is loading"));
    try (AdminServer server = start(new HttpAccess(TOKENS, Optional.empty()))) {
      HttpClient client = HttpClient.newHttpClient();

      HttpResponse<String> stranger = get(client, server, "http", "/health/ready");
      HttpResponse<String> live = get(client, server, "http", "/health/live");
      HttpResponse<String> friend = get(client, server, "http", "/health/ready", "Bearer " + TOKEN);

      assertThat(stranger.statusCode()).isEqualTo(503);
      assertThat(stranger.body()).isEqualTo("{\"ok\":false}");
      assertThat(live.statusCode()).isEqualTo(200);
      assertThat(live.body()).isEqualTo("{\"ok\":true}");
      assertThat(friend.statusCode()).isEqualTo(503);
      assertThat(friend.body()).contains("secret-model is loading");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void speaksTlsWithKeysInTheOldForm(String algorithm) throws Exception {
    TlsFiles files = authority.identity("server", algorithm).write(folder, Optional.empty());
    assertThat(Files.readString(files.key())).startsWith("-----BEGIN " + algorithm);
    try (AdminServer server = start(new HttpAccess(TOKENS, Optional.of(files)))) {
      HttpResponse<String> answer =
          get(client(authority.client()), server, "https", "/metrics", "Bearer " + TOKEN);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
      assertThatThrownBy(
              () -> get(client(new TestAuthority("other").client()), server, "https", "/metrics"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void plainHttpIsNotAnsweredWhereTlsIsSpoken() throws Exception {
    TlsFiles files = authority.identity("server", "EC").write(folder, Optional.empty());
    try (AdminServer server = start(new HttpAccess(AccessTokens.NONE, Optional.of(files)));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).doesNotContain("HTTP/1.1 200", "ok");
    }
  }

  @Test
  void whereAnAuthorityIsNamedClientsShowItsCertificateExceptForTheHealth() throws Exception {
    telemetry.health().readiness("model", () -> HealthStatus.up("loaded"));
    TestAuthority impostor = new TestAuthority("ours");
    try (AdminServer server = start(new HttpAccess(AccessTokens.NONE, Optional.of(mutual())))) {
      HttpClient nobody = client(authority.client());
      HttpClient known = client(authority.client(authority.identity("prometheus", "EC")));
      HttpClient stranger = client(authority.client(impostor.identity("prometheus", "EC")));

      HttpResponse<String> refused = get(nobody, server, "https", "/metrics");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("urn:headwater:problem:certificate-required");
      assertThat(get(nobody, server, "https", "/health/ready").body()).isEqualTo("{\"ok\":true}");
      assertThat(get(known, server, "https", "/metrics").statusCode()).isEqualTo(200);
      assertThat(get(known, server, "https", "/health/ready").body()).contains("loaded");
      assertThatThrownBy(() -> get(stranger, server, "https", "/metrics"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void whereATokenAndACertificateAreAskedForBothAreNeeded() throws Exception {
    try (AdminServer server = start(new HttpAccess(TOKENS, Optional.of(mutual())))) {
      HttpClient nobody = client(authority.client());
      HttpClient known = client(authority.client(authority.identity("prometheus", "EC")));

      assertThat(get(nobody, server, "https", "/metrics", "Bearer " + TOKEN).statusCode())
          .isEqualTo(403);
      assertThat(get(known, server, "https", "/metrics").statusCode()).isEqualTo(401);
      assertThat(get(known, server, "https", "/metrics", "Bearer " + TOKEN).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void doesNotStartWhereOthersReachItAndNothingIsAsked() {
    HttpEndpoint everywhere = new HttpEndpoint("0.0.0.0", 0, KEYS, HttpAccess.OPEN);

    assertThatThrownBy(() -> AdminServer.start(everywhere, telemetry))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("scorer.admin.host: 0.0.0.0");
  }

  private TlsFiles mutual() throws IOException {
    Path clients = Files.writeString(folder.resolve("ca.crt"), authority.pem());
    return authority.identity("server", "EC").write(folder, Optional.of(clients));
  }

  private AdminServer start(HttpAccess access) {
    return AdminServer.start(new HttpEndpoint("127.0.0.1", 0, KEYS, access), telemetry);
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder().sslContext(tls).build();
  }

  private static HttpResponse<String> get(
      HttpClient client, AdminServer server, String scheme, String path)
      throws IOException, InterruptedException {
    return client.send(request(server, scheme, path).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(
      HttpClient client, AdminServer server, String scheme, String path, String authorization)
      throws IOException, InterruptedException {
    return client.send(
        request(server, scheme, path).header("Authorization", authorization).build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(AdminServer server, String scheme, String path) {
    return HttpRequest.newBuilder(
        URI.create("%s://127.0.0.1:%d%s".formatted(scheme, server.port(), path)));
  }
}
