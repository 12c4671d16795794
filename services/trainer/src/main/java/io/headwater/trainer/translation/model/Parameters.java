package io.headwater.trainer.translation.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * The transformer's weights while they are trained, in native memory, with gradients. A matrix is
 * {@code [out, in]} here, as PyTorch's linear layer wants it; {@link #toWeights} turns it round.
 * Belongs to one thread; the manager's owner frees the arrays.
 */
public final class Parameters {
  private static final String MATRIX = ".weight";

  private final TransformerShape shape;
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();

  private Parameters(TransformerShape shape) {
    this.shape = shape;
  }

  /**
   * Fresh weights: Glorot uniform for matrices (Glorot and Bengio 2010), normal with deviation
   * {@code width^-1/2} for the embedding, and norms that change nothing.
   */
  public static Parameters fresh(TransformerShape shape, long seed, NDManager manager) {
    Random random = new Random(seed);
    Map<String, float[]> tensors = new LinkedHashMap<>();
    shape
        .tensors()
        .forEach((name, dimensions) -> tensors.put(name, initial(name, dimensions, random)));
    return of(new TransformerWeights(shape, tensors), manager);
  }

  /** Weights that are there already. */
  public static Parameters of(TransformerWeights weights, NDManager manager) {
    Parameters parameters = new Parameters(weights.shape());
    weights
        .shape()
        .tensors()
        .forEach(
            (name, dimensions) -> {
              float[] values = weights.tensor(name);
              NDArray array =
                  name.endsWith(MATRIX)
                      ? manager.create(
                          transposed(values, dimensions[0], dimensions[1]),
                          new Shape(dimensions[1], dimensions[0]))
                      : manager.create(
                          values, new Shape(Arrays.stream(dimensions).asLongStream().toArray()));
              array.setRequiresGradient(true);
              parameters.arrays.put(name, array);
            });
    return parameters;
  }

  /** The sizes. */
  public TransformerShape shape() {
    return shape;
  }

  /** One weight. */
  public NDArray get(String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("the transformer has no tensor called " + name);
    }
    return array;
  }

  /** All by name, in the order of the layers. */
  public Map<String, NDArray> all() {
    return Collections.unmodifiableMap(arrays);
  }

  /** A copy on the Java side, matrices as {@code [in, out]}. */
  public TransformerWeights toWeights() {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          float[] values = array.toFloatArray();
          int[] dimensions = dimensions(name);
          tensors.put(
              name,
              name.endsWith(MATRIX) ? transposed(values, dimensions[1], dimensions[0]) : values);
        });
    return new TransformerWeights(shape, tensors);
  }

  /** The same network with other arrays; they stay their owner's, and have no gradients. */
  Parameters with(Map<String, NDArray> others) {
    Parameters parameters = new Parameters(shape);
    parameters.arrays.putAll(others);
    return parameters;
  }

  /** How many numbers there are. */
  public long count() {
    return arrays.values().stream().mapToLong(NDArray::size).sum();
  }

  private int[] dimensions(String name) {
    int[] dimensions = shape.tensors().get(name);
    return dimensions == null ? new int[0] : dimensions;
  }

  private static float[] initial(String name, int[] dimensions, Random random) {
    float[] values = new float[Arrays.stream(dimensions).reduce(1, Math::multiplyExact)];
    if (name.endsWith(".gain")) {
      Arrays.fill(values, 1);
    } else if (name.endsWith(MATRIX)) {
      // A matrix that holds several projections is as wide as one of them.
      double bound = Math.sqrt(6.0 / (dimensions[0] + Math.min(dimensions[0], dimensions[1])));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    } else if (dimensions.length == 2) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() / Math.sqrt(dimensions[1]));
      }
    }
    return values;
  }

  private static float[] transposed(float[] values, int rows, int columns) {
    float[] turned = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = values[row * columns + column];
      }
    }
    return turned;
  }
}
