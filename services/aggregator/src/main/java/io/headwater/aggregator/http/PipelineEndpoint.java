package io.headwater.aggregator.http;

import io.headwater.aggregator.pipeline.PipelineView;
import io.javalin.http.Context;
import java.util.Set;

/** {@code GET /api/pipeline}. */
final class PipelineEndpoint {
  private final PipelineView pipeline;

  PipelineEndpoint(PipelineView pipeline) {
    this.pipeline = pipeline;
  }

  void answer(Context http) {
    QueryParameters.of(http, Set.of());
    http.contentType("application/json").result(pipeline.json());
  }
}
