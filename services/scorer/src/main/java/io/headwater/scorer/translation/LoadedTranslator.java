package io.headwater.scorer.translation;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.ModelRef;
import io.headwater.avro.Provenance;
import io.headwater.scorer.task.TokenLimits;

/**
 * A translation model that is ready, with what its results must say of it.
 *
 * @param ref id and version
 * @param provenance what goes into each result
 * @param limits what it takes
 * @param translator what translates
 */
public record LoadedTranslator(
    ModelRef ref, Provenance provenance, TokenLimits limits, SegmentTranslator translator) {
  public LoadedTranslator {
    requireNonNull(ref, "ref");
    requireNonNull(provenance, "provenance");
    requireNonNull(limits, "limits");
    requireNonNull(translator, "translator");
  }
}
