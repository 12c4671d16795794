package io.headwater.trainer.translation.export;

import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Weights of an untrained transformer that still prefers some tokens clearly over others. */
public final class RandomWeights {

  private RandomWeights() {}

  /** The same seed gives the same weights. */
  public static TransformerWeights of(TransformerShape shape, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> tensors = new HashMap<>();
    shape.tensors().forEach((name, size) -> tensors.put(name, tensor(name, size, random)));
    return new TransformerWeights(shape, tensors);
  }

  private static float[] tensor(String name, int[] size, Random random) {
    int count = size.length == 1 ? size[0] : size[0] * size[1];
    double spread = size.length == 1 ? 0.2 : 1 / Math.sqrt(size[0]);
    if (name.equals("embedding")) {
      spread = 0.5 / Math.sqrt(size[1]);
    } else if (name.contains(".cross.")) {
      // A translation has to do with its source, even an untrained one.
      spread *= 2;
    }
    double centre = name.endsWith(".gain") ? 1 : 0;
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (centre + spread * random.nextGaussian());
    }
    return values;
  }
}
