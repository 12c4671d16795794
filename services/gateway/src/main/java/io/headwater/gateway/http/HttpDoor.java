package io.headwater.gateway.http;

import io.headwater.gateway.ingest.BatchParser;
import io.headwater.gateway.kafka.RiverWatch;
import io.headwater.runtime.http.AccessGuard;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.http.HttpGround;
import io.headwater.runtime.http.HttpPorts;
import io.headwater.runtime.http.Problem;
import io.headwater.runtime.http.RefusedException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server in front of {@link MessagesEndpoint}. Owns its threads. */
public final class HttpDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
  private static final AtomicInteger ANSWERER_COUNT = new AtomicInteger();
  private static final int ANSWER_THREADS = 16;
  private static final int ANSWER_SECONDS = 5;

  private final HttpEndpoint place;
  private final MessagesEndpoint endpoint;
  private final DoorLimits limits;
  private final GatewayMetrics metrics;
  private final ExecutorService answerers;
  private final Javalin server;

  /** A door that is still shut. */
  public HttpDoor(
      HttpEndpoint place,
      RiverWatch river,
      DoorLimits limits,
      BatchParser parser,
      MeterRegistry meters) {
    this.place = place;
    this.limits = limits;
    this.metrics = new GatewayMetrics(meters, limits.inflight());
    this.answerers = Executors.newFixedThreadPool(ANSWER_THREADS, HttpDoor::answerer);
    this.endpoint = new MessagesEndpoint(river, limits, parser, metrics, answerers);
    this.server = Javalin.create(this::configure);
  }

  /** Opens the door. */
  public void open() {
    HttpPorts.start(server, place);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Refuses what comes, waits for what is on its way and for its answers, then shuts. */
  @Override
  public void close() {
    endpoint.refuseMore();
    try {
      boolean quiet = limits.inflight().awaitNone(limits.closeTimeout());
      answerers.shutdown();
      if (!quiet || !answerers.awaitTermination(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("event=requests_unfinished action=leave");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      answerers.shutdown();
      server.stop();
    }
  }

  private void configure(JavalinConfig config) {
    HttpGround.prepare(config, place);
    AccessGuard guard = new AccessGuard(place.access());
    config.routes.before(guard::check);
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(
        jetty -> jetty.addBean(new NetworkConnectionLimit(limits.maxConnections(), jetty)));
    config.routes.post("/messages", endpoint::post);
    config.routes.exception(
        RefusedException.class, (refusal, http) -> refuse(http, refusal.problem()));
    config.routes.exception(HttpResponseException.class, this::answerOther);
    config.routes.exception(
        Exception.class,
        (failure, http) -> {
          LOG.error("event=request_failed", failure);
          refuse(http, Problem.of(500, Problems.INTERNAL, "The gateway failed on this request"));
        });
  }

  /** What the web server itself refuses: unknown paths and methods. */
  private void answerOther(HttpResponseException refusal, Context http) {
    refuse(
        http,
        Problem.of(
            refusal.getStatus(),
            refusal.getStatus() == 405 ? "method-not-allowed" : "not-found",
            "There is POST /messages here, and nothing else"));
  }

  private void refuse(Context http, Problem problem) {
    metrics.refused(problem.kind());
    problem.answer(http);
  }

  private static Thread answerer(Runnable work) {
    Thread thread = new Thread(work, "gateway-answers-" + ANSWERER_COUNT.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
