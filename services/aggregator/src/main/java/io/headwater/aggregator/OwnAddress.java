package io.headwater.aggregator;

import io.headwater.aggregator.http.HttpOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;

/** The base URL under which other instances reach this one. */
final class OwnAddress {
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

  private OwnAddress() {}

  /** The advertised URL, else one of host and port. */
  static URI of(HttpOptions options, int port) {
    return options
        .advertisedUrl()
        .map(url -> URI.create(url.getScheme() + "://" + url.getHost() + ":" + url.getPort()))
        .orElseGet(
            () ->
                URI.create(
                    options.endpoint().scheme()
                        + "://"
                        + reachable(options.endpoint().host())
                        + ":"
                        + port));
  }

  // Nobody can connect to "all addresses": name one of them.
  private static String reachable(String host) {
    String name = EVERYWHERE.contains(host) ? ownName() : host;
    return name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
  }

  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException e) {
      return InetAddress.getLoopbackAddress().getHostAddress();
    }
  }
}
