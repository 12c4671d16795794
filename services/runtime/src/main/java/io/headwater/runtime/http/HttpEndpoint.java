package io.headwater.runtime.http;

import static java.util.Objects.requireNonNull;

import io.headwater.runtime.config.InvalidSettingsException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Where an endpoint listens and whom it lets in.
 *
 * @param host a name or address of this machine
 * @param port 0 for any free one
 * @param keys the settings that it comes from, for messages about them
 * @param access what a client needs
 */
public record HttpEndpoint(String host, int port, Keys keys, HttpAccess access) {
  /**
   * The settings of an endpoint.
   *
   * @param host key of the host
   * @param port key of the port
   * @param token key of the token that is the endpoint's own
   */
  public record Keys(String host, String port, String token) {}

  public HttpEndpoint {
    requireNonNull(host, "host");
    requireNonNull(keys, "keys");
    requireNonNull(access, "access");
  }

  /** An open endpoint that only this machine reaches. */
  public static HttpEndpoint loopback(int port, Keys keys) {
    return new HttpEndpoint("127.0.0.1", port, keys, HttpAccess.OPEN);
  }

  public String scheme() {
    return access.tls().isPresent() ? "https" : "http";
  }

  /** Whether only programs on this machine reach it. */
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // It cannot be listened on either, which is said when that is tried.
      return false;
    }
  }

  /**
   * Lets it be opened, or not.
   *
   * @throws InvalidSettingsException when other machines reach it and nothing is asked of who comes
   */
  void requireLock() {
    if (!access.isOpen() || isLoopback()) {
      return;
    }
    String tokens =
        keys.token().equals(HttpSettings.TOKEN)
            ? HttpSettings.TOKEN
            : HttpSettings.TOKEN + " (or " + keys.token() + ")";
    throw new InvalidSettingsException(
        List.of(
            "%s: %s (with %s) can be reached from other machines, and nothing is asked of who comes: set %s, or %s, or listen on 127.0.0.1"
                .formatted(keys.host(), host, keys.port(), tokens, HttpSettings.CLIENT_CA)));
  }
}
