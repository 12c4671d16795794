package io.headwater.runtime.http;

import io.headwater.runtime.lifecycle.StartException;
import io.javalin.config.JavalinConfig;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ground that every web server of ours stands on: no banner, and TLS where there is any. */
public final class HttpGround {
  private static final Logger LOG = LoggerFactory.getLogger(HttpGround.class);

  private HttpGround() {}

  /**
   * Prepares a server that is not made yet.
   *
   * @throws io.headwater.runtime.config.InvalidSettingsException when other machines reach the
   *     endpoint and nothing is asked of who comes
   * @throws StartException when a certificate or key cannot be used
   */
  public static void prepare(JavalinConfig config, HttpEndpoint endpoint) {
    endpoint.requireLock();
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    endpoint.access().tls().ifPresent(files -> speakTls(config, endpoint, files));
    if (endpoint.access().tls().isEmpty() && !endpoint.isLoopback()) {
      LOG.warn(
          "event=plain_http host={} setting={} hint=\"tokens and texts can be read on the way: set"
              + " http.tls.certificate, or end TLS in front\"",
          endpoint.host(),
          endpoint.keys().host());
    }
  }

  /** Answers requests that were refused with their problem. */
  public static void answerRefusals(JavalinConfig config) {
    config.routes.exception(
        RefusedException.class, (refusal, http) -> refusal.problem().answer(http));
  }

  private static void speakTls(JavalinConfig config, HttpEndpoint endpoint, TlsFiles files) {
    TlsContext tls = TlsContext.forServer(files);
    config.events.serverStarted(tls::watch);
    config.events.serverStopped(tls::close);
    config.jetty.addConnector((server, http) -> connector(server, http, endpoint, tls));
  }

  private static Connector connector(
      Server server, HttpConfiguration plain, HttpEndpoint endpoint, TlsContext tls) {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setSslContext(tls.context());
    ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    // Wanted, not needed: who shows none may still ask for the health.
    ssl.setWantClientAuth(endpoint.access().wantsCertificate());
    HttpConfiguration secure = new HttpConfiguration(plain);
    // Probes come by address. It is the client's business to check the server's name.
    secure.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector connector =
        new ServerConnector(
            server, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(secure));
    connector.setHost(endpoint.host());
    connector.setPort(endpoint.port());
    return connector;
  }
}
