package io.headwater.trainer.translation.export;

import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Weights of a transformer that has learned nothing. */
public final class UntrainedWeights {
  private UntrainedWeights() {}

  /** Normally distributed matrices, norms that change nothing, and no bias. */
  public static TransformerWeights of(TransformerShape shape, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> tensors = new HashMap<>();
    shape
        .tensors()
        .forEach(
            (name, size) -> {
              int count = size.length == 1 ? size[0] : size[0] * size[1];
              double spread = size.length == 1 ? 0 : 1 / Math.sqrt(shape.width());
              float[] values = new float[count];
              for (int i = 0; i < count; i++) {
                values[i] = (float) (name.endsWith(".gain") ? 1 : spread * random.nextGaussian());
              }
              tensors.put(name, values);
            });
    return new TransformerWeights(shape, tensors);
  }
}
