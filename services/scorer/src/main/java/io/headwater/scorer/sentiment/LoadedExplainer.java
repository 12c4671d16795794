package io.headwater.scorer.sentiment;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.Provenance;
import io.headwater.scorer.task.TokenLimits;
import java.util.List;

/**
 * A model that is ready to be explained.
 *
 * @param provenance what goes into each explanation
 * @param labels in the order of the model's output
 * @param limits what it takes
 * @param explainer what explains
 */
public record LoadedExplainer(
    Provenance provenance, List<String> labels, TokenLimits limits, SegmentExplainer explainer) {
  public LoadedExplainer {
    requireNonNull(provenance, "provenance");
    requireNonNull(limits, "limits");
    requireNonNull(explainer, "explainer");
    labels = List.copyOf(labels);
  }
}
