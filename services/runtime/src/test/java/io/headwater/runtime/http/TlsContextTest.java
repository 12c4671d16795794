package io.headwater.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.runtime.http.TestAuthority.Identity;
import io.headwater.runtime.lifecycle.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsContextTest {
  private static final Duration OFTEN = Duration.ofMillis(20);

  private final TestAuthority authority = new TestAuthority("ours");
  @TempDir private Path folder;

  @Test
  void newConnectionsUseTheNewCertificateOnceBothFilesAreReplaced() throws Exception {
    TlsFiles files = authority.identity("old", "EC").write(folder, Optional.empty());
    try (TlsContext tls = TlsContext.forServer(files)) {
      tls.watch(OFTEN);
      assertThat(shownBy(tls)).isEqualTo("CN=old");
      Identity renewed = authority.identity("new", "RSA");

      Files.writeString(files.certificate(), renewed.certificatePem());
      await()
          .during(Duration.ofMillis(200))
          .untilAsserted(() -> assertThat(shownBy(tls)).isEqualTo("CN=old"));
      Files.writeString(files.key(), renewed.keyPem());

      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(shownBy(tls)).isEqualTo("CN=new"));
    }
  }

  @Test
  void filesThatCannotBeUsedOrAreGoneChangeNothing() throws Exception {
    TlsFiles files = authority.identity("old", "EC").write(folder, Optional.empty());
    try (TlsContext tls = TlsContext.forServer(files)) {
      tls.watch(OFTEN);
      Files.writeString(files.certificate(), "no PEM");
      Files.delete(files.key());

      await()
          .during(Duration.ofMillis(200))
          .untilAsserted(() -> assertThat(shownBy(tls)).isEqualTo("CN=old"));
    }
  }

  @Test
  void peersTrustTheirOwnCertificateAndShowIt() throws Exception {
    Path clients = Files.writeString(folder.resolve("ca.crt"), authority.pem());
    TlsFiles files = authority.identity("aggregator", "EC").write(folder, Optional.of(clients));
    try (TlsContext server = TlsContext.forServer(files);
        TlsContext peer = TlsContext.forPeers(files)) {
      assertThat(shownBy(server, peer.context(), true)).isEqualTo("CN=aggregator");
    }
  }

  @Test
  void peersWithoutAnAuthorityTrustTheirOwnCertificate() throws Exception {
    TlsFiles files = authority.identity("aggregator", "EC").write(folder, Optional.empty());
    try (TlsContext server = TlsContext.forServer(files);
        TlsContext peer = TlsContext.forPeers(files)) {
      assertThat(shownBy(server, peer.context(), false)).isEqualTo("CN=aggregator");
    }
  }

  @Test
  void aMissingFileIsOneLineThatNamesIt() throws Exception {
    TlsFiles files = authority.identity("server", "EC").write(folder, Optional.empty());
    Files.delete(files.key());

    assertThatThrownBy(() -> TlsContext.forServer(files))
        .isInstanceOf(StartException.class)
        .hasMessage("TLS: cannot read the file " + files.key());
  }

  @Test
  void aFileWithSomethingElseIsOneLineThatSaysNothingOfWhatIsInIt() throws Exception {
    TlsFiles files = authority.identity("server", "EC").write(folder, Optional.empty());
    Files.writeString(
        files.key(), "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");

    assertThatThrownBy(() -> TlsContext.forServer(files))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "http.tls.key: there is no private key in PEM without a password in " + files.key())
        .hasNoCause();
    Files.writeString(files.certificate(), "");
    assertThatThrownBy(() -> TlsContext.forServer(files))
        .hasMessage(
            "http.tls.certificate: there is no certificate in PEM in " + files.certificate());
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    TlsFiles files = authority.identity("server", "EC").write(folder, Optional.empty());
    Files.writeString(files.key(), authority.identity("server", "EC").keyPem());

    assertThatThrownBy(() -> TlsContext.forServer(files))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("is not that of the certificate in");
  }

  private String shownBy(TlsContext tls) throws Exception {
    return shownBy(tls, authority.client(), false);
  }

  /** The name on the certificate that a server with this TLS shows to a client. */
  private static String shownBy(TlsContext tls, SSLContext client, boolean mutual)
      throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (SSLServerSocket server =
        (SSLServerSocket) tls.context().getServerSocketFactory().createServerSocket(0, 1, here)) {
      server.setNeedClientAuth(mutual);
      CompletableFuture<Void> accepted = CompletableFuture.runAsync(() -> accept(server));
      try (SSLSocket socket =
          (SSLSocket) client.getSocketFactory().createSocket(here, server.getLocalPort())) {
        socket.startHandshake();
        accepted.get();
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
            .getSubjectX500Principal()
            .getName();
      }
    }
  }

  private static void accept(SSLServerSocket server) {
    try (SSLSocket socket = (SSLSocket) server.accept()) {
      socket.startHandshake();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
