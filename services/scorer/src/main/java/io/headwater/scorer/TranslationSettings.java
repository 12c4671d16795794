package io.headwater.scorer;

import static java.util.Objects.requireNonNull;

import io.headwater.models.ModelId;

/**
 * How texts are translated.
 *
 * @param model loaded at start; tokens with other stamps load theirs when they come
 * @param beams how many beams; 1 for greedy search, 0 for what a package says
 * @param batchTokens most source tokens that are decoded together
 * @param unitTokens most tokens of a unit of work, and of one call of the model; a longer record is
 *     a unit by itself
 */
public record TranslationSettings(ModelId model, int beams, int batchTokens, int unitTokens) {
  public TranslationSettings {
    requireNonNull(model, "model");
  }
}
