package io.headwater.aggregator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.aggregator.AggregatorSettings;
import io.headwater.aggregator.explain.ExplanationShelf;
import io.headwater.aggregator.feed.FeedLimits;
import io.headwater.aggregator.feed.LiveFeed;
import io.headwater.aggregator.path.InsightPath;
import io.headwater.aggregator.path.InsightPlace;
import io.headwater.aggregator.path.TaskSteps;
import io.headwater.aggregator.pipeline.LagReport;
import io.headwater.aggregator.pipeline.LatencyMeter;
import io.headwater.aggregator.pipeline.LetterTally;
import io.headwater.aggregator.pipeline.PipelineView;
import io.headwater.aggregator.pipeline.StageLag;
import io.headwater.aggregator.query.WindowQuery;
import io.headwater.aggregator.query.WindowSource;
import io.headwater.aggregator.query.WindowsAnswer;
import io.headwater.aggregator.topology.Records;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.hostile.HealthyRecords;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the whole river is doing, and the way of one message, over HTTP. */
@Timeout(30)
class PipelineApiTest {
  private final Clock clock = Clock.systemUTC();
  private final LiveFeed feed = new LiveFeed(new FeedLimits(10, 20, 2, 5, 1_000), clock, "run1");
  private final LatencyMeter latencies = new LatencyMeter(clock);
  private final LetterTally letters = new LetterTally(clock);
  private ApiServer server;

  private record Nothing() implements WindowSource {
    @Override
    public WindowsAnswer local(WindowQuery query) {
      return WindowsAnswer.missing("this instance", "has none");
    }

    @Override
    public WindowsAnswer everywhere(WindowQuery query) {
      return local(query);
    }
  }

  @BeforeEach
  void serve() {
    LagReport lag =
        new LagReport(
            List.of(new StageLag("tokenizer", "eu.group", "eu.messages", 7)),
            Optional.of("topic eu.x: not authorized"));
    PipelineView.Sources sources =
        new PipelineView.Sources(
            latencies, letters, () -> lag, () -> List.of(Map.of("task", "sentiment")));
    server =
        ApiServer.start(
            HttpEndpoint.loopback(0, AggregatorSettings.HTTP),
            new ApiServer.Content(
                new Nothing(),
                feed,
                new ExplanationShelf(1_000),
                new PipelineView(sources, clock),
                new HeadwaterTopics("eu."),
                new FixedInstance(List.of()),
                clock,
                2));
  }

  @AfterEach
  void stop() {
    feed.close();
    server.close();
  }

  private JsonNode body(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  private void publish(String id) {
    Insight insight =
        new Insight(
            id,
            Records.origin(3),
            Records.message(id, "text"),
            "en",
            Records.score(3, 0.8, 0.1),
            null,
            List.of());
    InsightPlace place =
        new InsightPlace(
            1_000,
            2,
            9,
            new InsightPath(
                Optional.empty(), Optional.of(new TaskSteps(1_100, 40, 1_200, 50)), 1_300));
    latencies.count(insight, place);
    feed.publish(insight, place, true);
  }

  @Test
  void tellsTheWayOfOneInsightAndNotOfAllInTheList() throws Exception {
    publish("a");

    JsonNode path = body("/api/insights/a").get("path");

    assertThat(path.findValuesAsText("stage"))
        .containsExactly("messages", "tokenizer", "scorer", "aggregator");
    assertThat(path.get(2).toString())
        .isEqualTo(
            "{\"stage\":\"scorer\",\"task\":\"sentiment\",\"topic\":\"eu.scores.sentiment\","
                + "\"partition\":2,\"offset\":50,\"at\":\"1970-01-01T00:00:01.200Z\","
                + "\"model\":\"sentiment-test@1.0.0\"}");
    assertThat(path.get(3).get("offset").asLong()).isEqualTo(9);
    assertThat(body("/api/insights").at("/insights/0").has("path")).isFalse();
  }

  @Test
  void tellsHowTheWholeRiverIsDoing() throws Exception {
    publish("a");
    DeadLetter letter = HealthyRecords.letter();
    letters.count(letter, 0, true);

    JsonNode view = body("/api/pipeline");

    assertThat(view.get("latency").findValuesAsText("stage"))
        .containsExactly("tokenizer", "scorer", "aggregator", "end-to-end");
    assertThat(view.at("/latency/1/task").asText()).isEqualTo("sentiment");
    assertThat(view.at("/latency/1/p95Ms").asLong()).isEqualTo(100);
    assertThat(view.at("/latency/3/task").isNull()).isTrue();
    assertThat(view.at("/lag/0/records").asLong()).isEqualTo(7);
    assertThat(view.get("lagComplete").asBoolean()).isFalse();
    assertThat(view.get("lagError").asText()).contains("not authorized");
    assertThat(view.at("/deadLetters/lastHour").asLong()).isEqualTo(1);
    assertThat(view.at("/deadLetters/total").asLong()).isEqualTo(1);
    assertThat(view.at("/deadLetters/byCause/0/cause").asText()).isEqualTo(letter.getCause());
    assertThat(view.at("/models/0/task").asText()).isEqualTo("sentiment");
  }
}
