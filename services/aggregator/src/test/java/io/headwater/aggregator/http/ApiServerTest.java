package io.headwater.aggregator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.aggregator.AggregatorSettings;
import io.headwater.aggregator.explain.ExplanationShelf;
import io.headwater.aggregator.explain.ExplanationShelfTest;
import io.headwater.aggregator.feed.FeedLimits;
import io.headwater.aggregator.feed.LiveFeed;
import io.headwater.aggregator.path.InsightPath;
import io.headwater.aggregator.path.InsightPlace;
import io.headwater.aggregator.pipeline.LagReport;
import io.headwater.aggregator.pipeline.LatencyMeter;
import io.headwater.aggregator.pipeline.LetterTally;
import io.headwater.aggregator.pipeline.PipelineView;
import io.headwater.aggregator.query.MissingInstance;
import io.headwater.aggregator.query.WindowQuery;
import io.headwater.aggregator.query.WindowSource;
import io.headwater.aggregator.query.WindowView;
import io.headwater.aggregator.query.WindowsAnswer;
import io.headwater.aggregator.topology.Records;
import io.headwater.avro.Insight;
import io.headwater.avro.LabelCount;
import io.headwater.avro.SentimentWindow;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.schemas.HeadwaterTopics;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ApiServerTest {
  private static final FeedLimits LIMITS = new FeedLimits(10, 20, 2, 5, 1_000);
  private static final String START = "2026-03-01T12:00:00Z";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final LiveFeed feed = new LiveFeed(LIMITS, Clock.systemUTC(), "run1");
  private final RecordedQuestions windows = new RecordedQuestions();
  private final ExplanationShelf explanations = new ExplanationShelf(10_000);
  private final PipelineView pipeline =
      new PipelineView(
          new PipelineView.Sources(
              new LatencyMeter(Clock.systemUTC()),
              new LetterTally(Clock.systemUTC()),
              () -> LagReport.NOT_ASKED,
              List::of),
          Clock.systemUTC());
  private ApiServer server;

  private static final class RecordedQuestions implements WindowSource {
    private final List<WindowQuery> everywhere = new ArrayList<>();
    private final List<WindowQuery> local = new ArrayList<>();
    private WindowsAnswer answer =
        new WindowsAnswer(
            false,
            List.of(new MissingInstance("http://b:1", "does not answer")),
            false,
            List.of(new WindowView("s", "en", START, 1_000, 2, Map.of("positive", 2L), 0.5)));

    @Override
    public WindowsAnswer local(WindowQuery query) {
      local.add(query);
      return answer;
    }

    @Override
    public WindowsAnswer everywhere(WindowQuery query) {
      everywhere.add(query);
      return answer;
    }
  }

  @BeforeEach
  void serve() {
    server =
        ApiServer.start(
            HttpEndpoint.loopback(0, AggregatorSettings.HTTP),
            new ApiServer.Content(
                windows,
                feed,
                explanations,
                pipeline,
                new HeadwaterTopics("eu."),
                new FixedInstance(List.of("http://b:1")),
                Clock.systemUTC(),
                2));
  }

  @AfterEach
  void stop() {
    feed.close();
    server.close();
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
  }

  private JsonNode body(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    return json.readTree(response.body());
  }

  private void publish(String id, String text) {
    Insight insight =
        new Insight(
            id,
            Records.origin(3),
            Records.message(id, text),
            "en",
            Records.score(3, 0.8, 0.1),
            null,
            List.of());
    feed.publish(insight, new InsightPlace(1_000, 0, 9, InsightPath.UNKNOWN), true);
  }

  private void publishWindow(long count) {
    feed.publish(
        new SentimentWindow(
            "reviews",
            "en",
            Instant.parse(START),
            60_000L,
            count,
            List.of(new LabelCount("positive", count)),
            0.25));
  }

  @Test
  void answersWithTheWindowsOfAllInstancesAndSaysWhoIsMissing() throws Exception {
    JsonNode answer = body("/api/windows?size=1s&source=s&from=" + START + "&to=1772370000000");

    assertThat(answer.get("complete").asBoolean()).isFalse();
    assertThat(answer.at("/missing/0/instance").asText()).isEqualTo("http://b:1");
    assertThat(answer.at("/windows/0/labels/positive").asLong()).isEqualTo(2);
    WindowQuery asked = windows.everywhere.get(0);
    assertThat(asked.source()).contains("s");
    assertThat(asked.language()).isEmpty();
    assertThat(asked.from()).isEqualTo(Instant.parse(START).toEpochMilli());
    assertThat(asked.to()).isEqualTo(1_772_370_000_000L);
  }

  @Test
  void asksNobodyElseWhenAPeerAsks() throws Exception {
    body("/api/windows?local=true&from=0&to=1");

    assertThat(windows.local).hasSize(1);
    assertThat(windows.everywhere).isEmpty();
  }

  @Test
  void refusesParametersItCannotUnderstandAndSaysWhy() throws Exception {
    for (String path :
        List.of(
            "/api/windows?size=2m",
            "/api/windows?from=yesterday",
            "/api/windows?from=99999999999999999999",
            "/api/windows?from=10&to=5",
            "/api/windows?local=perhaps",
            "/api/insights?limit=0",
            "/api/insights?limit=ten",
            "/api/insights?colour=blue",
            "/api/pipeline?size=1s",
            "/api/stream?limit=5")) {
      HttpResponse<String> response = get(path);

      assertThat(response.statusCode()).as(path).isEqualTo(400);
      assertThat(json.readTree(response.body()).get("error").asText()).as(path).isNotBlank();
    }
  }

  @Test
  void listsTheLatestInsightsNewestFirst() throws Exception {
    publish("a", "first");
    publish("b", "second <script>alert(1)</script>");

    JsonNode insights = body("/api/insights?limit=5&label=positive").get("insights");

    assertThat(insights).hasSize(2);
    assertThat(insights.get(0).get("id").asText()).isEqualTo("b");
    assertThat(insights.get(0).get("textCut").asBoolean()).isTrue();
    assertThat(insights.get(0).at("/sentiment/label").asText()).isEqualTo("positive");
    assertThat(insights.get(1).get("text").asText()).isEqualTo("first");
    assertThat(body("/api/insights?label=negative").get("insights")).isEmpty();
    assertThat(body("/api/insights?language=de").get("insights")).isEmpty();
  }

  @Test
  void showsOneInsightOrSaysThatItIsNotThere() throws Exception {
    publish("a/1 ö", "text");

    assertThat(body("/api/insights/a%2F1%20%C3%B6").get("text").asText()).isEqualTo("text");
    assertThat(get("/api/insights/other").statusCode()).isEqualTo(404);
  }

  @Test
  void showsWhyAMessageGotItsLabelWhereThatIsKnown() throws Exception {
    publish("m5", "text");
    HttpResponse<String> before = get("/api/insights/m5/explanation");
    assertThat(before.statusCode()).isEqualTo(404);
    assertThat(before.body()).contains("tokenizer.explain.one.in");

    explanations.add(ExplanationShelfTest.explanation(3, 4));

    JsonNode explanation = body("/api/insights/m5/explanation");
    assertThat(explanation.path("label").asText()).isEqualTo("negative");
    assertThat(explanation.at("/segments/0/tokens")).hasSize(2);
    assertThat(body("/api/insights/m5").path("explained").asBoolean()).isTrue();
  }

  @Test
  void streamsHowTheWholeRiverIsDoing() throws Exception {
    try (Watcher watcher = new Watcher("/api/stream", Optional.empty())) {
      watcher.until("event: pipeline");
      String first = watcher.next();
      watcher.until("event: pipeline");

      assertThat(first).startsWith("data: {\"latency\":[],\"lag\":[],\"lagComplete\":false");
      assertThat(watcher.next()).startsWith("data: {");
    }
  }

  @Test
  void summarises() throws Exception {
    publish("a", "text");

    JsonNode summary = body("/api/summary");

    assertThat(summary.get("streams").asText()).isEqualTo("RUNNING");
    assertThat(summary.at("/lastMinute/insights").asLong()).isEqualTo(1);
    assertThat(summary.at("/lastMinute/labels/positive").asLong()).isEqualTo(1);
    assertThat(summary.at("/sources/0").asText()).isEqualTo("reviews");
  }

  @Test
  void servesThePageWithHeadersThatForbidForeignScripts() throws Exception {
    HttpResponse<String> page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("http://", "https://");
  }

  @Test
  void streamsInsightsAndWindowsAsTheyCome() throws Exception {
    try (Watcher watcher = new Watcher("/api/stream", Optional.empty())) {
      watcher.until("event: stats");
      publish("a", "text");
      publishWindow(1);

      assertThat(watcher.until("event: insight")).contains("id: run1-1");
      assertThat(watcher.next()).startsWith("data: {\"id\":\"a\"");
      assertThat(watcher.until("event: window")).contains("id: run1-2");
    }
  }

  @Test
  void resumesAfterTheLastEventThatAWatcherSaw() throws Exception {
    publish("a", "seen");
    publish("b", "missed");

    try (Watcher watcher = new Watcher("/api/stream", Optional.of("run1-1"))) {
      List<String> before = watcher.until("event: insight");

      assertThat(before).contains("id: run1-2").doesNotContain("event: gap", "id: run1-1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run0-1", "rubbish", "run1-99"})
  void tellsAWatcherFromAnotherRunThatItMissedSomething(String place) throws Exception {
    try (Watcher watcher = new Watcher("/api/stream", Optional.of(place))) {
      assertThat(watcher.until("event: stats")).contains("event: gap");
    }
  }

  @Test
  void refusesMoreWatchersThanItHasThreadsFor() throws Exception {
    try (Watcher first = new Watcher("/api/stream", Optional.empty());
        Watcher second = new Watcher("/api/stream", Optional.empty())) {
      first.until("event: stats");
      second.until("event: stats");

      HttpResponse<String> third = get("/api/stream");

      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(third.headers().firstValue("Retry-After")).contains("5");
    }
  }

  @Test
  void endsItsStreamsWhenItStops() throws Exception {
    try (Watcher watcher = new Watcher("/api/stream", Optional.empty())) {
      watcher.until("event: stats");
      long began = System.nanoTime();

      feed.close();
      server.close();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
  }

  /** One stream, read line by line. */
  private final class Watcher implements AutoCloseable {
    private final BufferedReader lines;

    Watcher(String path, Optional<String> lastEventId) throws Exception {
      HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
      lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
      this.lines =
          new BufferedReader(
              new InputStreamReader(
                  http.send(request.build(), BodyHandlers.ofInputStream()).body(),
                  StandardCharsets.UTF_8));
    }

    String next() throws Exception {
      String line = lines.readLine();
      assertThat(line).isNotNull();
      return line;
    }

    /** Reads up to that line; gives all that came before it. */
    List<String> until(String wanted) throws Exception {
      List<String> before = new ArrayList<>();
      String line = next();
      while (!line.equals(wanted)) {
        before.add(line);
        line = next();
      }
      return before;
    }

    @Override
    public void close() throws Exception {
      lines.close();
    }
  }
}
