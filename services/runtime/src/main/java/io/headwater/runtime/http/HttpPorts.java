package io.headwater.runtime.http;

import io.headwater.runtime.lifecycle.StartException;
import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;

/** Starts a web server on its port, or says in one line why it cannot. */
public final class HttpPorts {
  private HttpPorts() {}

  /**
   * Starts {@code server} on its endpoint.
   *
   * @throws StartException when the port is taken, or is not one to listen on
   */
  public static Javalin start(Javalin server, HttpEndpoint endpoint) {
    return start(server, endpoint.host(), endpoint.port(), endpoint.keys().port());
  }

  /**
   * Starts {@code server}.
   *
   * @param setting the key that names the port, for the message
   * @throws StartException when the port is taken, or is not one to listen on
   */
  static Javalin start(Javalin server, String host, int port, String setting) {
    try {
      return server.start(host, port);
    } catch (JavalinBindException e) {
      String reason = rootOf(e).toString();
      throw new StartException(
          reason.contains("already in use")
              ? "Port %d on %s is taken: stop what listens there, or set %s to another port (0: any free one)"
                  .formatted(port, host, setting)
              : "Cannot listen on port %d of %s (%s): check the host, or set %s to another port"
                  .formatted(port, host, reason, setting),
          e);
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
      root = cause;
    }
    return root;
  }
}
