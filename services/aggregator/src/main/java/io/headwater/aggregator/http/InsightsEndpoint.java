package io.headwater.aggregator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.aggregator.feed.FeedEvent;
import io.headwater.aggregator.feed.FeedFilter;
import io.headwater.aggregator.feed.InsightDetailJson;
import io.headwater.aggregator.feed.LiveFeed;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code GET /api/insights} and {@code GET /api/insights/ID}. */
final class InsightsEndpoint {
  private static final Set<String> PARAMETERS = Set.of("limit", "source", "language", "label");
  private static final int USUAL = 50;
  private static final int MOST = 1_000;
  private static final String JSON = "application/json";

  private final LiveFeed feed;
  private final InsightDetailJson details;
  private final ExplanationEndpoint explanations;

  InsightsEndpoint(LiveFeed feed, InsightDetailJson details, ExplanationEndpoint explanations) {
    this.feed = feed;
    this.details = details;
    this.explanations = explanations;
  }

  void list(Context http) {
    QueryParameters parameters = QueryParameters.of(http, PARAMETERS);
    int limit = parameters.number("limit", USUAL, 1, MOST);
    FeedFilter filter =
        new FeedFilter(
            parameters.text("source"), parameters.text("language"), parameters.text("label"));
    String insights =
        feed.latest(limit, filter).stream()
            .map(FeedEvent::json)
            .collect(Collectors.joining(",", "[", "]"));
    http.contentType(JSON).result("{\"insights\":" + insights + "}");
  }

  void one(Context http) {
    QueryParameters.of(http, Set.of());
    Optional<FeedEvent> insight = feed.insight(http.pathParam("id"));
    if (insight.isPresent()) {
      ObjectNode json = details.of(insight.get());
      json.put("explained", explanations.of(insight.get()).isPresent());
      http.contentType(JSON).result(json.toString());
    } else {
      http.status(HttpStatus.NOT_FOUND)
          .json(Map.of("error", "This message is not among the latest insights"));
    }
  }
}
