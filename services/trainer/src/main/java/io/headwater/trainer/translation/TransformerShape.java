package io.headwater.trainer.translation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sizes of an encoder-decoder transformer.
 *
 * @param vocabulary how many token ids there are
 * @param width numbers per token, between layers
 * @param heads attention heads per layer; they share the width evenly
 * @param feedForward width of the inner layer of each feed-forward block
 * @param encoderLayers layers that read the source
 * @param decoderLayers layers that write the target
 * @param maxPositions longest sequence, source or target, special tokens included
 */
public record TransformerShape(
    int vocabulary,
    int width,
    int heads,
    int feedForward,
    int encoderLayers,
    int decoderLayers,
    int maxPositions) {

  /** Id of padding. */
  public static final int PAD = 0;

  /** Id that the decoder starts with. */
  public static final int START = 1;

  /** Id that ends a source and a target. */
  public static final int END = 2;

  /** Id of what the vocabulary lacks. */
  public static final int UNKNOWN = 3;

  /** Refuses sizes that do not fit each other. */
  public TransformerShape {
    requirePositive("heads", heads);
    requirePositive("feedForward", feedForward);
    requirePositive("encoderLayers", encoderLayers);
    requirePositive("decoderLayers", decoderLayers);
    requirePositive("maxPositions", maxPositions);
    if (vocabulary <= UNKNOWN) {
      throw new IllegalArgumentException(
          "vocabulary is " + vocabulary + "; the four special ids alone need more");
    }
    if (width < 2 || width % 2 != 0 || width % heads != 0) {
      throw new IllegalArgumentException(
          "width is " + width + "; an even number that " + heads + " heads can share is needed");
    }
  }

  /** Width of one head. */
  public int headWidth() {
    return width / heads;
  }

  /**
   * The dimensions of every weight by its name, in the order of the layers. A matrix is {@code [in,
   * out]}.
   */
  public Map<String, int[]> tensors() {
    Map<String, int[]> tensors = new LinkedHashMap<>();
    tensors.put("embedding", new int[] {vocabulary, width});
    for (int layer = 0; layer < encoderLayers; layer++) {
      String name = "encoder." + layer;
      addSelfAttention(tensors, name);
      addFeedForward(tensors, name);
    }
    addNorm(tensors, "encoder.norm");
    for (int layer = 0; layer < decoderLayers; layer++) {
      String name = "decoder." + layer;
      addSelfAttention(tensors, name);
      addNorm(tensors, name + ".cross.norm");
      addLinear(tensors, name + ".cross.q", width, width);
      addLinear(tensors, name + ".cross.kv", width, 2 * width);
      addLinear(tensors, name + ".cross.out", width, width);
      addFeedForward(tensors, name);
    }
    addNorm(tensors, "decoder.norm");
    return Collections.unmodifiableMap(tensors);
  }

  private void addSelfAttention(Map<String, int[]> tensors, String layer) {
    addNorm(tensors, layer + ".self.norm");
    addLinear(tensors, layer + ".self.qkv", width, 3 * width);
    addLinear(tensors, layer + ".self.out", width, width);
  }

  private void addFeedForward(Map<String, int[]> tensors, String layer) {
    addNorm(tensors, layer + ".ffn.norm");
    addLinear(tensors, layer + ".ffn.in", width, feedForward);
    addLinear(tensors, layer + ".ffn.out", feedForward, width);
  }

  private void addNorm(Map<String, int[]> tensors, String name) {
    tensors.put(name + ".gain", new int[] {width});
    tensors.put(name + ".bias", new int[] {width});
  }

  private static void addLinear(Map<String, int[]> tensors, String name, int in, int out) {
    tensors.put(name + ".weight", new int[] {in, out});
    tensors.put(name + ".bias", new int[] {out});
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; at least 1 is needed");
    }
  }
}
