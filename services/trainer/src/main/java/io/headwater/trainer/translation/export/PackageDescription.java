package io.headwater.trainer.translation.export;

import io.headwater.models.LanguagePair;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import java.util.List;
import java.util.Objects;

/**
 * What a translation package says about itself, beside what its weights tell.
 *
 * @param model its id and version
 * @param pairs the directions in which it translates; at least one
 * @param maxTokens longest source, special tokens included; no more than the model has positions
 * @param generation how it is decoded unless one asks for something else
 * @param card what a person should know
 */
public record PackageDescription(
    ModelId model,
    List<LanguagePair> pairs,
    int maxTokens,
    GenerationDefaults generation,
    ModelCard card) {

  /** Refuses a model without a direction. */
  public PackageDescription {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(generation, "generation");
    Objects.requireNonNull(card, "card");
    pairs = List.copyOf(pairs);
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("a translation model needs a pair, such as de to en");
    }
  }
}
