package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Every form of attention, small. */
final class Forms {
  static final int WIDTH = 8;

  private Forms() {}

  /** All, for a text within itself. */
  static List<Attention> all() {
    return all(WIDTH, 4, 3, 4);
  }

  /** All at a size of one's own. */
  static List<Attention> all(int width, int heads, int window, int segment) {
    return Stream.concat(
            anyMemory(width, heads).stream(),
            Stream.of(
                new LocalAttention("local", width, heads, heads, window, 0, 0),
                new LocalAttention("global", width, heads, heads / 2, window, 1, 0),
                new LocalAttention("globals", width, heads, heads, window, window, 0),
                new HierarchicalAttention("hierarchical", width, heads, heads, segment, 0),
                new HierarchicalAttention("grouped", width, heads, 1, segment, 0)))
        .toList();
  }

  /** Those whose memory may be another text, and who may be kept from what comes later. */
  static List<Attention> anyMemory() {
    return anyMemory(WIDTH, 4);
  }

  private static List<Attention> anyMemory(int width, int heads) {
    return List.of(
        new DotProductAttention("dot", width, heads, heads, 0),
        new DotProductAttention("grouped", width, heads, heads / 2, 0),
        new DotProductAttention("multi-query", width, heads, 1, 0),
        new AdditiveAttention("additive", width, heads, heads, 0),
        new AdditiveAttention("shared", width, heads, 1, 0),
        new GeneralAttention("general", width, heads, 0));
  }

  /** Those that look within one text only. */
  static List<Attention> withinItself() {
    return all().stream().filter(form -> !anyMemory().contains(form)).toList();
  }

  /** Weights of which none is zero, biases included. */
  static Weights weights(Attention form, long seed) {
    Random random = new Random(seed);
    Map<String, Weights.Weight> weights = new LinkedHashMap<>();
    form.weights()
        .forEach(
            spec ->
                weights.put(spec.name(), new Weights.Weight(spec, normal(random, spec.size()))));
    return new Weights(scaled(weights, form));
  }

  private static Map<String, Weights.Weight> scaled(
      Map<String, Weights.Weight> weights, Attention form) {
    double width = Math.sqrt(form.weights().get(0).shape().get(0));
    weights
        .values()
        .forEach(
            weight -> {
              if (weight.spec().shape().size() == 2) {
                for (int i = 0; i < weight.values().length; i++) {
                  weight.values()[i] *= (float) (1 / width);
                }
              }
            });
    return weights;
  }

  static float[] normal(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static float[] ones(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return ones;
  }
}
