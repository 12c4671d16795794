package io.headwater.trainer.translation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A transformer's weights. The arrays are the record's own and must not be changed.
 *
 * @param tensors row-major numbers by name; {@link TransformerShape#tensors} says which there are.
 *     The map keeps that order whatever order it was given in
 */
public record TransformerWeights(TransformerShape shape, Map<String, float[]> tensors) {

  /**
   * Refuses tensors that are missing, unknown or of another size.
   *
   * @throws IllegalArgumentException naming the tensors that do not fit
   */
  public TransformerWeights {
    Objects.requireNonNull(shape, "shape");
    Map<String, int[]> expected = shape.tensors();
    requireNone("the shape has no tensors called ", tensors.keySet(), expected.keySet());
    requireNone("these tensors are missing: ", expected.keySet(), tensors.keySet());
    Map<String, float[]> ordered = new LinkedHashMap<>();
    for (Map.Entry<String, int[]> entry : expected.entrySet()) {
      float[] values = Objects.requireNonNull(tensors.get(entry.getKey()), entry.getKey());
      requireSize(entry.getKey(), values.length, entry.getValue());
      ordered.put(entry.getKey(), values);
    }
    tensors = Collections.unmodifiableMap(ordered);
  }

  /**
   * One tensor.
   *
   * @throws IllegalArgumentException if the shape has none of that name
   */
  public float[] tensor(String name) {
    float[] values = tensors.get(name);
    if (values == null) {
      throw new IllegalArgumentException("the transformer has no tensor called " + name);
    }
    return values;
  }

  private static void requireSize(String name, int length, int[] dimensions) {
    long size = 1;
    for (int dimension : dimensions) {
      size *= dimension;
    }
    if (length != size) {
      throw new IllegalArgumentException(
          name + " has " + length + " numbers; the shape needs " + size);
    }
  }

  private static void requireNone(String fault, Set<String> names, Set<String> less) {
    Set<String> left = new TreeSet<>(names);
    left.removeAll(less);
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(fault + left);
    }
  }
}
