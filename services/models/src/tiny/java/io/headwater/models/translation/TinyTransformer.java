package io.headwater.models.translation;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A real, small transformer with random weights, to be drawn by {@link TinyTransformerGraphs} or
 * computed by hand. Encoder and decoder layers are pre-norm; the embedding serves the sources, the
 * tokens written, and the scores. Ids: 0 pad, 1 start, 2 end.
 *
 * @param vocabulary how many tokens
 * @param width numbers of a hidden state
 * @param heads attention heads
 * @param inner width of the feed-forward layers
 * @param layers layers of the encoder, and of the decoder
 * @param positions longest source and longest translation
 * @param weights by name, row by row; a matrix is {@code [in, out]}
 */
public record TinyTransformer(
    int vocabulary,
    int width,
    int heads,
    int inner,
    int layers,
    int positions,
    Map<String, float[]> weights) {

  static final int END = 2;

  /**
   * A model with random weights.
   *
   * @param endBonus what the end's score has on top; the greater, the shorter the translations
   */
  public static TinyTransformer random(
      long seed, int vocabulary, int width, int heads, int layers, double endBonus) {
    Random random = new Random(seed);
    int inner = 2 * width;
    int positions = 64;
    Map<String, float[]> weights = new TreeMap<>();
    weights.put("embedding", gaussian(random, vocabulary * width, 1));
    weights.put("positions", gaussian(random, positions * width, 0.7));
    float[] bonus = gaussian(random, vocabulary, 0.2);
    bonus[END] += (float) endBonus;
    weights.put("bonus", bonus);
    double spread = 1.5 / Math.sqrt(width);
    for (int layer = 0; layer < layers; layer++) {
      for (String part : new String[] {"encoder.", "decoder.", "cross."}) {
        for (String matrix : new String[] {"q", "k", "v", "out"}) {
          String name = part + layer + "." + matrix;
          weights.put(name, gaussian(random, width * width, spread));
          weights.put(name + ".bias", gaussian(random, width, 0.1));
        }
      }
      for (String part : new String[] {"encoder.", "decoder."}) {
        weights.put(part + layer + ".in", gaussian(random, width * inner, spread));
        weights.put(part + layer + ".in.bias", gaussian(random, inner, 0.1));
        weights.put(part + layer + ".shrink", gaussian(random, inner * width, spread / 2));
        weights.put(part + layer + ".shrink.bias", gaussian(random, width, 0.1));
      }
    }
    return new TinyTransformer(vocabulary, width, heads, inner, layers, positions, weights);
  }

  int headSize() {
    return width / heads;
  }

  float[] weights(String name) {
    float[] found = weights.get(name);
    if (found == null) {
      throw new IllegalArgumentException("there is no weight " + name);
    }
    return found;
  }

  /** The same model, but for one token there are no numbers. */
  public TinyTransformer withoutNumbersFor(int token) {
    Map<String, float[]> spoilt = new TreeMap<>(weights);
    float[] embedding = weights("embedding").clone();
    Arrays.fill(embedding, token * width, (token + 1) * width, Float.NaN);
    spoilt.put("source", embedding);
    return new TinyTransformer(vocabulary, width, heads, inner, layers, positions, spoilt);
  }

  private static float[] gaussian(Random random, int count, double spread) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * spread);
    }
    return values;
  }
}
