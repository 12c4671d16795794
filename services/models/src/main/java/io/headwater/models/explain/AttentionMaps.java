package io.headwater.models.explain;

import java.util.Objects;

/**
 * The attention of a whole segment, a byte for each weight. The array is the record's own and must
 * not be changed.
 *
 * @param heads of each layer; 1 where their mean is given
 * @param weights {@code [layers][heads][length][length]}, flattened: for each token that looks, how
 *     much it looks at each; every row sums to {@link #WHOLE}
 */
@SuppressWarnings("ArrayRecordComponent") // a hundred thousand weights
public record AttentionMaps(int layers, int heads, int length, byte[] weights) {
  /** What a row sums to. */
  public static final int WHOLE = 255;

  /** Refuses sizes that do not fit. */
  public AttentionMaps {
    Objects.requireNonNull(weights, "weights");
    if (weights.length != (long) layers * heads * length * length) {
      throw new IllegalArgumentException(
          "%d weights are no maps of %d layers, %d heads and %d tokens"
              .formatted(weights.length, layers, heads, length));
    }
  }

  /** How much one token looks at another, from 0 to 1. */
  public float weight(int layer, int head, int query, int key) {
    int place = ((layer * heads + head) * length + query) * length + key;
    return (weights[place] & 0xff) / (float) WHOLE;
  }
}
