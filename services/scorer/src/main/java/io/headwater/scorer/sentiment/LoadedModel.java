package io.headwater.scorer.sentiment;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.ModelRef;
import io.headwater.avro.Provenance;
import java.util.List;

/**
 * A model that is ready to score, with what its results must say of it.
 *
 * @param ref id and version
 * @param provenance what goes into each result
 * @param labels in the order of the model's output
 * @param maxTokens longest segment, special tokens included
 * @param vocabularySize token ids are below it
 * @param tokenizerDigest of the tokenizer that the model belongs to
 * @param model what scores
 */
public record LoadedModel(
    ModelRef ref,
    Provenance provenance,
    List<String> labels,
    int maxTokens,
    int vocabularySize,
    String tokenizerDigest,
    SegmentModel model) {
  public LoadedModel {
    requireNonNull(ref, "ref");
    requireNonNull(provenance, "provenance");
    requireNonNull(model, "model");
    labels = List.copyOf(labels);
  }
}
