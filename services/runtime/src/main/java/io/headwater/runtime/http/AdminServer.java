package io.headwater.runtime.http;

import io.headwater.runtime.telemetry.HealthReport;
import io.headwater.runtime.telemetry.Telemetry;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A service's endpoint for its operators: {@code GET /metrics}, {@code GET /health/live} and {@code
 * GET /health/ready} (200 or 503). Everybody learns whether it is healthy; what each check says,
 * and the metrics, only who is let in.
 */
public final class AdminServer implements AutoCloseable {
  private static final String LIVE = "/health/live";
  private static final String READY = "/health/ready";
  private static final Set<String> FOR_ALL = Set.of(LIVE, READY);

  private final Javalin server;

  private AdminServer(Javalin server) {
    this.server = server;
  }

  /** Starts the endpoint. */
  public static AdminServer start(HttpEndpoint endpoint, Telemetry telemetry) {
    AccessGuard guard = new AccessGuard(endpoint.access());
    Javalin server = Javalin.create(config -> configure(config, endpoint, guard, telemetry));
    return new AdminServer(HttpPorts.start(server, endpoint));
  }

  private static void configure(
      JavalinConfig config, HttpEndpoint endpoint, AccessGuard guard, Telemetry telemetry) {
    HttpGround.prepare(config, endpoint);
    HttpGround.answerRefusals(config);
    config.routes.before(
        http -> {
          if (!FOR_ALL.contains(http.path())) {
            guard.check(http);
          }
        });
    config.routes.get(
        "/metrics",
        http ->
            http.contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(telemetry.scrape()));
    config.routes.get(LIVE, http -> answer(http, telemetry.health().live(), guard));
    config.routes.get(READY, http -> answer(http, telemetry.health().ready(), guard));
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void answer(Context http, HealthReport report, AccessGuard guard) {
    Map<String, Object> body = new TreeMap<>();
    body.put("ok", report.ok());
    if (guard.admits(http)) {
      body.put("checks", checks(report));
    }
    http.status(report.ok() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).json(body);
  }

  private static Map<String, Object> checks(HealthReport report) {
    return report.checks().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                check -> Map.of("ok", check.getValue().ok(), "detail", check.getValue().detail()),
                (a, b) -> a,
                TreeMap::new));
  }
}
