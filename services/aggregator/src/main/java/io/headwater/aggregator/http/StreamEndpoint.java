package io.headwater.aggregator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.aggregator.feed.FeedEvent;
import io.headwater.aggregator.feed.FeedFilter;
import io.headwater.aggregator.feed.FeedPosition;
import io.headwater.aggregator.feed.FeedStatus;
import io.headwater.aggregator.feed.FeedSubscription;
import io.headwater.aggregator.feed.FeedSubscription.Losses;
import io.headwater.aggregator.feed.LiveFeed;
import io.headwater.aggregator.pipeline.PipelineView;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/stream}: server-sent events {@code insight}, {@code window}, {@code stats},
 * {@code pipeline} and {@code gap}. One thread of the server stays with each watcher; a watcher
 * that does not read is dropped when the server's idle timeout ends its blocked write.
 */
final class StreamEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(StreamEndpoint.class);
  private static final Set<String> PARAMETERS =
      Set.of("source", "language", "label", "lastEventId");
  private static final long STATS_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long PIPELINE_NANOS = Duration.ofSeconds(2).toNanos();

  /** A state of a window is replaced by the next within this time; nobody sees that. */
  private static final Duration BREATH = Duration.ofMillis(200);

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int QUIET_ROUNDS = 5;

  private final LiveFeed feed;
  private final PipelineView pipeline;
  private final Predicate<Context> admitted;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * Streams of a feed.
   *
   * @param admitted whether a watcher may still watch: a session can end before its stream
   */
  StreamEndpoint(LiveFeed feed, PipelineView pipeline, Predicate<Context> admitted) {
    this.feed = feed;
    this.pipeline = pipeline;
    this.admitted = admitted;
  }

  void stream(Context http) {
    QueryParameters parameters = QueryParameters.of(http, PARAMETERS);
    FeedFilter filter =
        new FeedFilter(
            parameters.text("source"), parameters.text("language"), parameters.text("label"));
    Optional<FeedSubscription> subscription = feed.subscribe(filter, last(http, parameters));
    if (subscription.isEmpty()) {
      http.status(HttpStatus.SERVICE_UNAVAILABLE)
          .header("Retry-After", "5")
          .json(Map.of("error", "There are too many watchers: try again later"));
      return;
    }
    try (FeedSubscription watched = subscription.get()) {
      send(watched, http);
    } catch (IOException e) {
      LOG.debug("watcher=gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A browser that reconnects names the last event by header; a script may by parameter. */
  private static Optional<FeedPosition> last(Context http, QueryParameters parameters) {
    Optional<String> id =
        Optional.ofNullable(http.header("Last-Event-ID")).or(() -> parameters.text("lastEventId"));
    // A place that cannot be read is one in another run: the watcher is told of a gap.
    return id.map(text -> FeedPosition.parse(text).orElse(new FeedPosition("", 0)));
  }

  private void send(FeedSubscription watched, Context http)
      throws IOException, InterruptedException {
    HttpServletResponse response = http.res();
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    OutputStream out = response.getOutputStream();
    write(out, "retry: 2000\n\n");
    if (watched.hasGap()) {
      write(out, "event: gap\ndata: {\"reason\":\"more happened than the feed still has\"}\n\n");
    }
    sendEvents(out, watched.missed());
    String lastStats = sendStats(out, watched, "");
    sendPipeline(out);
    out.flush();
    long statsAt = System.nanoTime();
    long pipelineAt = statsAt;
    int quiet = 0;
    while (!watched.isClosed()) {
      List<FeedEvent> events = watched.take(PATIENCE);
      sendEvents(out, events);
      boolean spoke = !events.isEmpty();
      if (System.nanoTime() - statsAt >= STATS_NANOS) {
        String stats = sendStats(out, watched, lastStats);
        spoke |= !stats.equals(lastStats);
        lastStats = stats;
        statsAt = System.nanoTime();
      }
      if (System.nanoTime() - pipelineAt >= PIPELINE_NANOS) {
        if (!admitted.test(http)) {
          return;
        }
        sendPipeline(out);
        pipelineAt = System.nanoTime();
      }
      quiet = spoke ? 0 : quiet + 1;
      if (quiet >= QUIET_ROUNDS) {
        // A comment keeps the connection; scripts in a page see only events, so one comes too.
        write(out, ": still here\n\n");
        lastStats = sendStats(out, watched, "");
        quiet = 0;
      }
      out.flush();
      if (spoke) {
        Thread.sleep(BREATH.toMillis());
      }
    }
  }

  private void sendEvents(OutputStream out, List<FeedEvent> events) throws IOException {
    StringBuilder text = new StringBuilder();
    for (FeedEvent event : events) {
      text.append("id: ").append(feed.idOf(event));
      text.append(event.kind() == FeedEvent.Kind.WINDOW ? "\nevent: window" : "\nevent: insight");
      // JSON has no line breaks outside of strings, and escapes them inside.
      text.append("\ndata: ").append(event.json()).append("\n\n");
    }
    write(out, text.toString());
  }

  private String sendStats(OutputStream out, FeedSubscription watched, String last)
      throws IOException {
    FeedStatus status = watched.status();
    Losses losses = watched.losses();
    Map<String, Object> stats = new LinkedHashMap<>();
    stats.put("connected", status.connected());
    stats.put("insights", status.insights());
    stats.put("latestAt", status.latestAt().orElse(null));
    stats.put("lastMinute", status.lastMinute());
    stats.put("matching", losses.matching());
    stats.put("sampledOut", losses.sampledOut());
    stats.put("dropped", losses.dropped());
    stats.put("maxPerSecond", watched.maxPerSecond());
    String text;
    try {
      text = json.writeValueAsString(stats);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain values can always be written as JSON", e);
    }
    if (!text.equals(last)) {
      write(out, "event: stats\ndata: " + text + "\n\n");
    }
    return text;
  }

  private void sendPipeline(OutputStream out) throws IOException {
    write(out, "event: pipeline\ndata: " + pipeline.json() + "\n\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
