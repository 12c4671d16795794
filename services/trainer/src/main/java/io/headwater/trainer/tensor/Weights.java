package io.headwater.trainer.tensor;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A network's weights on the Java side, by name, in the order of the network. */
public final class Weights {

  /** One weight's dimensions and numbers. */
  public record Weight(WeightSpec spec, float[] values) {
    /** Refuses numbers that do not fill the dimensions. */
    public Weight {
      if (values.length != spec.size()) {
        throw new IllegalArgumentException(
            "%s has %d numbers, not %d".formatted(spec.name(), values.length, spec.size()));
      }
    }
  }

  private final Map<String, Weight> byName;

  /** Weights by name. */
  public Weights(Map<String, Weight> byName) {
    this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** Fresh weights as their kinds say; the same seed gives the same weights. */
  public static Weights fresh(List<WeightSpec> specs, long seed) {
    Random random = new Random(seed);
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (WeightSpec spec : specs) {
      // A name that stands twice is one weight, shared.
      weights.computeIfAbsent(spec.name(), name -> new Weight(spec, initial(spec, random)));
    }
    return new Weights(weights);
  }

  /** All of them. */
  public Map<String, Weight> all() {
    return byName;
  }

  /** One of them. */
  public Weight get(String name) {
    Weight weight = byName.get(name);
    if (weight == null) {
      throw new IllegalArgumentException("the network has no weight called " + name);
    }
    return weight;
  }

  /** How many numbers there are. */
  public long count() {
    return byName.values().stream().mapToLong(weight -> weight.values().length).sum();
  }

  private static float[] initial(WeightSpec spec, Random random) {
    float[] values = new float[spec.size()];
    int last = spec.shape().get(spec.shape().size() - 1);
    switch (spec.kind()) {
      case MATRIX -> {
        int in = spec.shape().get(Math.max(0, spec.shape().size() - 2));
        double bound = Math.sqrt(6.0 / (in + last));
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
      }
      case EMBEDDING -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (random.nextGaussian() / Math.sqrt(last));
        }
      }
      case GAIN -> Arrays.fill(values, 1);
      case BIAS -> {
        // Zeros, which they are.
      }
    }
    return values;
  }
}
