package io.headwater.aggregator.http;

import static java.util.Objects.requireNonNull;

import io.headwater.runtime.http.HttpEndpoint;
import java.net.URI;
import java.util.Optional;

/**
 * Where the HTTP interface is.
 *
 * @param endpoint where it listens, and whom it lets in
 * @param advertisedUrl how other instances reach this one, {@code http://HOST:PORT} or {@code
 *     https://HOST:PORT}; empty: by host and port
 */
public record HttpOptions(HttpEndpoint endpoint, Optional<URI> advertisedUrl) {
  public HttpOptions {
    requireNonNull(endpoint, "endpoint");
    advertisedUrl.ifPresent(HttpOptions::check);
  }

  /** Whether it speaks TLS, and peers are told to come without. */
  public boolean saysOtherwise() {
    return endpoint.access().tls().isPresent()
        && advertisedUrl.filter(url -> "http".equals(url.getScheme())).isPresent();
  }

  // Instances learn each other's host and port from Kafka Streams, and no more than that: the
  // scheme is that of their own.
  private static void check(URI url) {
    boolean plain = url.getPath() == null || url.getPath().isEmpty() || url.getPath().equals("/");
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web || url.getHost() == null || url.getPort() < 1 || !plain) {
      throw new IllegalArgumentException("The advertised URL has the form http(s)://HOST:PORT");
    }
  }
}
