package io.headwater.aggregator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.aggregator.AggregatorSettings;
import io.headwater.aggregator.window.WindowSize;
import io.headwater.runtime.http.AccessGuard;
import io.headwater.runtime.http.AccessTokens;
import io.headwater.runtime.http.HttpAccess;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.http.HttpGround;
import io.headwater.runtime.http.HttpPorts;
import io.headwater.runtime.http.TestAuthority;
import io.headwater.runtime.http.TlsContext;
import io.headwater.runtime.http.TlsFiles;
import io.javalin.Javalin;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PeerAccessTest {
  private static final String OLD = "the-old-token-0123";
  private static final String NEW = "the-new-token-0123";
  private static final WindowQuery ALL =
      new WindowQuery(WindowSize.SECOND, Optional.empty(), Optional.empty(), 0, 100_000);

  private @Nullable Javalin peer;

  @AfterEach
  void stop() {
    if (peer != null) {
      peer.stop();
    }
  }

  @Test
  void triesItsTokensInTurnWhileTheyAreBeingReplaced() {
    URI old = peer(new HttpAccess(AccessTokens.parse(OLD), Optional.empty()));

    assertThat(ask(old, List.of(NEW, OLD)).missing()).isEmpty();
    assertThat(ask(old, List.of(NEW)).missing())
        .containsExactly(new MissingInstance(old.toString(), "answers with status 401"));
    assertThat(ask(old, List.of()).missing())
        .containsExactly(new MissingInstance(old.toString(), "answers with status 401"));
  }

  @Test
  void comesInOverTlsWithTheCertificateThatAllShare(@TempDir Path folder) throws Exception {
    TestAuthority authority = new TestAuthority("ours");
    Path clients = Files.writeString(folder.resolve("ca.crt"), authority.pem());
    TlsFiles files = authority.identity("aggregator", "EC").write(folder, Optional.of(clients));
    URI secure = peer(new HttpAccess(AccessTokens.parse(OLD), Optional.of(files)));

    try (TlsContext tls = TlsContext.forPeers(files)) {
      PeerAccess access = new PeerAccess(List.of(OLD), Optional.of(tls.context()));
      assertThat(ask(secure, access).missing()).isEmpty();
    }
    assertThat(ask(secure, new PeerAccess(List.of(OLD), Optional.empty())).missing()).hasSize(1);
  }

  @Test
  void namesNoTokenInALog() {
    assertThat(new PeerAccess(List.of(OLD), Optional.empty()).toString()).doesNotContain(OLD);
  }

  private static WindowsAnswer ask(URI peer, List<String> tokens) {
    return ask(peer, new PeerAccess(tokens, Optional.empty()));
  }

  private static WindowsAnswer ask(URI peer, PeerAccess access) {
    return new PeerClient(Duration.ofSeconds(20), access).ask(peer, ALL).join();
  }

  private URI peer(HttpAccess access) {
    HttpEndpoint endpoint = new HttpEndpoint("127.0.0.1", 0, AggregatorSettings.HTTP, access);
    AccessGuard guard = new AccessGuard(access);
    Javalin server =
        Javalin.create(
            config -> {
              HttpGround.prepare(config, endpoint);
              HttpGround.answerRefusals(config);
              config.routes.before(guard::check);
              config.routes.get(
                  "/api/windows", http -> http.json(WindowsAnswer.of(List.of(), false)));
            });
    peer = HttpPorts.start(server, endpoint);
    return URI.create("%s://127.0.0.1:%d".formatted(endpoint.scheme(), server.port()));
  }
}
