package io.headwater.aggregator.http;

import io.headwater.aggregator.explain.ExplanationShelf;
import io.headwater.aggregator.feed.InsightDetailJson;
import io.headwater.aggregator.feed.LiveFeed;
import io.headwater.aggregator.pipeline.PipelineView;
import io.headwater.aggregator.query.WindowSource;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.http.HttpGround;
import io.headwater.runtime.http.HttpPorts;
import io.headwater.schemas.HeadwaterTopics;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.staticfiles.Location;
import java.time.Clock;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP interface and the dashboard page. Owns the server's threads. */
public final class ApiServer implements AutoCloseable {
  private static final String PAGE = "/headwater-dashboard";

  /** Threads for all that is no stream. */
  private static final int THREADS = 40;

  private final Javalin server;

  private ApiServer(Javalin server) {
    this.server = server;
  }

  /**
   * What the server shows.
   *
   * @param topics of the river
   * @param watchers most streams at a time: each keeps a thread
   */
  public record Content(
      WindowSource windows,
      LiveFeed feed,
      ExplanationShelf explanations,
      PipelineView pipeline,
      HeadwaterTopics topics,
      InstanceStatus instance,
      Clock clock,
      int watchers) {}

  /** Starts the server. */
  public static ApiServer start(HttpEndpoint endpoint, Content content) {
    Javalin server = Javalin.create(config -> configure(config, endpoint, content));
    return new ApiServer(HttpPorts.start(server, endpoint));
  }

  private static void configure(JavalinConfig config, HttpEndpoint endpoint, Content content) {
    HttpGround.prepare(config, endpoint);
    HttpGround.answerRefusals(config);
    QueuedThreadPool threads = new QueuedThreadPool(content.watchers() + THREADS, 4);
    threads.setName("aggregator-http");
    config.jetty.threadPool = threads;
    config.staticFiles.add(PAGE, Location.CLASSPATH);
    WindowsEndpoint windows = new WindowsEndpoint(content.windows(), content.clock());
    ExplanationEndpoint explanations =
        new ExplanationEndpoint(content.feed(), content.explanations());
    InsightsEndpoint insights =
        new InsightsEndpoint(content.feed(), new InsightDetailJson(content.topics()), explanations);
    SummaryEndpoint summary = new SummaryEndpoint(content.feed(), content.instance());
    PipelineEndpoint pipeline = new PipelineEndpoint(content.pipeline());
    DashboardDoor door = new DashboardDoor(endpoint.access(), content.clock());
    StreamEndpoint stream = new StreamEndpoint(content.feed(), content.pipeline(), door::admits);
    config.routes.before(ApiServer::guard);
    door.addTo(config);
    config.routes.get("/api/windows", windows::answer);
    config.routes.get("/api/insights", insights::list);
    config.routes.get("/api/insights/{id}", insights::one);
    config.routes.get("/api/insights/{id}/explanation", explanations::answer);
    config.routes.get("/api/summary", summary::answer);
    config.routes.get("/api/pipeline", pipeline::answer);
    config.routes.get("/api/stream", stream::stream);
    config.routes.exception(
        BadQueryException.class,
        (bad, http) ->
            http.status(HttpStatus.BAD_REQUEST)
                .json(Map.of("error", String.valueOf(bad.getMessage()))));
  }

  // Texts of strangers are shown: should one ever be taken for markup, it still cannot run.
  private static void guard(Context http) {
    http.header(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    http.header("X-Content-Type-Options", "nosniff");
    http.header("Referrer-Policy", "no-referrer");
    http.header("Cache-Control", "no-cache");
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
