package io.headwater.scorer.sentiment;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.ModelRef;
import io.headwater.avro.Provenance;
import io.headwater.scorer.task.TokenLimits;
import java.util.List;

/**
 * A model that is ready to score, with what its results must say of it.
 *
 * @param ref id and version
 * @param provenance what goes into each result
 * @param labels in the order of the model's output
 * @param limits what it takes
 * @param model what scores
 */
public record LoadedModel(
    ModelRef ref,
    Provenance provenance,
    List<String> labels,
    TokenLimits limits,
    SegmentModel model) {
  public LoadedModel {
    requireNonNull(ref, "ref");
    requireNonNull(provenance, "provenance");
    requireNonNull(limits, "limits");
    requireNonNull(model, "model");
    labels = List.copyOf(labels);
  }
}
