package io.headwater.runtime.http;

import io.headwater.runtime.telemetry.HealthReport;
import io.headwater.runtime.telemetry.Telemetry;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A service's endpoint for its operators: {@code GET /metrics}, {@code GET /health/live} and {@code
 * GET /health/ready} (200 or 503, with every check's words).
 */
public final class AdminServer implements AutoCloseable {
  private final Javalin server;

  private AdminServer(Javalin server) {
    this.server = server;
  }

  /**
   * Starts the endpoint.
   *
   * @param port 0 for any free one
   * @param setting the key that names the port, for the message when it is taken
   */
  public static AdminServer start(String host, int port, String setting, Telemetry telemetry) {
    Javalin server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.routes.get(
                  "/metrics",
                  http ->
                      http.contentType("text/plain; version=0.0.4; charset=utf-8")
                          .result(telemetry.scrape()));
              config.routes.get("/health/live", http -> answer(http, telemetry.health().live()));
              config.routes.get("/health/ready", http -> answer(http, telemetry.health().ready()));
            });
    return new AdminServer(HttpPorts.start(server, host, port, setting));
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void answer(Context http, HealthReport report) {
    Map<String, Object> checks =
        report.checks().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    check ->
                        Map.of("ok", check.getValue().ok(), "detail", check.getValue().detail()),
                    (a, b) -> a,
                    TreeMap::new));
    http.status(report.ok() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .json(Map.of("ok", report.ok(), "checks", checks));
  }
}
