package io.headwater.aggregator.http;

import io.headwater.aggregator.feed.LiveFeed;
import io.headwater.aggregator.window.WindowSize;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code GET /api/summary}. */
final class SummaryEndpoint {
  private final LiveFeed feed;
  private final InstanceStatus instance;

  SummaryEndpoint(LiveFeed feed, InstanceStatus instance) {
    this.feed = feed;
    this.instance = instance;
  }

  void answer(Context http) {
    QueryParameters.of(http, Set.of());
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("instance", instance.url());
    summary.put("streams", instance.streams());
    summary.put("ready", instance.ready());
    summary.put("peers", instance.peers());
    summary.put("sizes", Arrays.stream(WindowSize.values()).map(WindowSize::label).toList());
    var status = feed.status();
    summary.put("connected", status.connected());
    summary.put("insights", status.insights());
    summary.put("windowUpdates", status.windows());
    summary.put("latestAt", status.latestAt().orElse(null));
    summary.put("watchers", status.clients());
    summary.put("lastMinute", status.lastMinute());
    summary.put("sources", status.sources());
    summary.put("languages", status.languages());
    http.json(summary);
  }
}
