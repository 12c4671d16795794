package io.headwater.trainer.graph;

import java.util.Locale;

/**
 * One vector per text out of one layer of the encoder.
 *
 * @param pooling how the layer's token vectors become one
 * @param layer which layer, 0 to 11
 */
public record PooledState(Pooling pooling, int layer) {

  /** How token vectors become one. */
  public enum Pooling {
    /** The mean over the real tokens. */
    MEAN,
    /** The first token's vector. */
    FIRST
  }

  /** Refuses layers that the encoder does not have. */
  public PooledState {
    if (layer < 0 || layer > 11) {
      throw new IllegalArgumentException("layer " + layer + " is not one of 0 to 11");
    }
  }

  /** Reads {@code mean-11} or {@code first-11}. */
  public static PooledState parse(String text) {
    String[] parts = text.split("-", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("\"" + text + "\" is not like mean-11 or first-11");
    }
    return new PooledState(
        Pooling.valueOf(parts[0].toUpperCase(Locale.ROOT)), Integer.parseInt(parts[1]));
  }

  @Override
  public String toString() {
    return pooling.name().toLowerCase(Locale.ROOT) + "-" + layer;
  }
}
