package io.headwater.aggregator.http;

import io.headwater.aggregator.explain.ExplanationJson;
import io.headwater.aggregator.explain.ExplanationShelf;
import io.headwater.aggregator.feed.FeedEvent;
import io.headwater.aggregator.feed.LiveFeed;
import io.headwater.avro.Explanation;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code GET /api/insights/ID/explanation}. */
final class ExplanationEndpoint {
  private static final String NONE =
      "There is no explanation of this message: it was not asked for, or is older than those that"
          + " are kept here. A message asks with \"explain\": true, and tokenizer.explain.one.in"
          + " has a sample explained.";

  private final LiveFeed feed;
  private final ExplanationShelf shelf;

  ExplanationEndpoint(LiveFeed feed, ExplanationShelf shelf) {
    this.feed = feed;
    this.shelf = shelf;
  }

  void answer(Context http) {
    QueryParameters.of(http, Set.of());
    Optional<Explanation> found = feed.insight(http.pathParam("id")).flatMap(this::of);
    if (found.isPresent()) {
      http.contentType("application/json").result(ExplanationJson.of(found.get()).toString());
    } else {
      http.status(HttpStatus.NOT_FOUND).json(Map.of("error", NONE));
    }
  }

  /** By the insight's origin: producers may send an id twice. */
  Optional<Explanation> of(FeedEvent insight) {
    return insight.detail().flatMap(detail -> shelf.of(detail.origin()));
  }
}
