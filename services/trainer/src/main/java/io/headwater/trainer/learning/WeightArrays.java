package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.headwater.trainer.tensor.WeightSpec;
import io.headwater.trainer.tensor.Weights;
import io.headwater.trainer.tensor.Weights.Weight;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A network's weights in native memory. Only those that are trained have gradients. Belongs to one
 * thread.
 */
final class WeightArrays {
  private final Map<String, WeightSpec> specs = new LinkedHashMap<>();
  private final Map<String, NDArray> all = new LinkedHashMap<>();
  private final Map<String, NDArray> trained = new LinkedHashMap<>();

  /**
   * Copies weights.
   *
   * @param trains whether training may change a weight, by its name
   */
  WeightArrays(Weights weights, Predicate<String> trains, NDManager manager) {
    weights
        .all()
        .forEach(
            (name, weight) -> {
              long[] shape = weight.spec().shape().stream().mapToLong(Integer::longValue).toArray();
              NDArray array = manager.create(weight.values(), new Shape(shape));
              specs.put(name, weight.spec());
              all.put(name, array);
              if (trains.test(name)) {
                array.setRequiresGradient(true);
                trained.put(name, array);
              }
            });
    if (trained.isEmpty()) {
      throw new IllegalArgumentException("every weight is frozen: there is nothing to train");
    }
  }

  /** All by name. */
  Map<String, NDArray> all() {
    return Collections.unmodifiableMap(all);
  }

  /** Those that training may change. */
  Map<String, NDArray> trained() {
    return Collections.unmodifiableMap(trained);
  }

  /** Whether decay and L1 pull at a weight: not at biases and gains, whose zero means nothing. */
  boolean shrinks(String name) {
    WeightSpec spec = specs.get(name);
    return spec != null
        && (spec.kind() == WeightSpec.Kind.MATRIX || spec.kind() == WeightSpec.Kind.EMBEDDING);
  }

  /** All weights, some of them with other arrays in their place. */
  Map<String, NDArray> with(Map<String, NDArray> others) {
    Map<String, NDArray> arrays = new LinkedHashMap<>(all);
    arrays.putAll(others);
    return arrays;
  }

  /** A copy on the Java side. */
  Weights toWeights(Map<String, NDArray> arrays) {
    Map<String, Weight> copy = new LinkedHashMap<>();
    specs.forEach(
        (name, spec) -> {
          NDArray array = arrays.get(name);
          if (array != null) {
            copy.put(name, new Weight(spec, array.toFloatArray()));
          }
        });
    return new Weights(copy);
  }
}
