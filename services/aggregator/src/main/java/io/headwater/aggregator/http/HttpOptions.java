package io.headwater.aggregator.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * Where the HTTP interface is.
 *
 * @param host address to listen on
 * @param port 0 for any free one
 * @param advertisedUrl how other instances reach this one, {@code http://HOST:PORT}; empty: by host
 *     and port
 */
public record HttpOptions(String host, int port, Optional<URI> advertisedUrl) {
  public HttpOptions {
    requireNonNull(host, "host");
    advertisedUrl.ifPresent(HttpOptions::check);
  }

  // Instances learn each other's host and port from Kafka Streams, and no more than that.
  private static void check(URI url) {
    boolean plain = url.getPath() == null || url.getPath().isEmpty() || url.getPath().equals("/");
    if (!"http".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 1 || !plain) {
      throw new IllegalArgumentException("The advertised URL has the form http://HOST:PORT");
    }
  }
}
