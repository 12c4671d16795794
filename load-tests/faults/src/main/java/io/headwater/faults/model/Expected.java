package io.headwater.faults.model;

import java.util.List;

/**
 * What the model says of a text.
 *
 * @param label the most probable one
 * @param probabilities in the order of {@link TinyModel#LABELS}
 * @param tokens of the whole text
 * @param segments that it was cut into
 */
public record Expected(String label, List<Float> probabilities, int tokens, int segments) {
  public Expected {
    probabilities = List.copyOf(probabilities);
  }
}
