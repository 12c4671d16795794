package io.headwater.trainer.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A weight that a network has.
 *
 * @param name unique within the network
 * @param kind how it begins
 * @param shape its dimensions; a matrix is {@code [in, out]}
 */
public record WeightSpec(String name, Kind kind, List<Integer> shape) {

  /** How a weight begins. */
  public enum Kind {
    /** Glorot uniform (Glorot and Bengio 2010); decays. */
    MATRIX,
    /** Normal with deviation {@code width^-1/2}. */
    EMBEDDING,
    /** Zeros. */
    BIAS,
    /** Ones. */
    GAIN
  }

  /** Needs a name and positive dimensions. */
  public WeightSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    shape = List.copyOf(shape);
    if (shape.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(name + " has shape " + shape);
    }
  }

  /** A weight. */
  public static WeightSpec of(String name, Kind kind, int... shape) {
    return new WeightSpec(name, kind, Arrays.stream(shape).boxed().toList());
  }

  /** A linear layer's two weights, as {@link Ops#linear} reads them. */
  public static List<WeightSpec> linear(String name, int in, int out) {
    return List.of(of(name + ".weight", Kind.MATRIX, in, out), of(name + ".bias", Kind.BIAS, out));
  }

  /** A normalisation's two weights, as {@link Ops#norm} reads them. */
  public static List<WeightSpec> norm(String name, int width) {
    return List.of(of(name + ".gain", Kind.GAIN, width), of(name + ".bias", Kind.BIAS, width));
  }

  /** How many numbers it has. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
