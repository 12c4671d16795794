package io.headwater.models.explain;

import java.util.Objects;

/**
 * The attention of one layer to a batch. The array is the record's own and must not be changed.
 *
 * @param weights {@code [batch, heads, length, length]}, flattened: for each head and token how
 *     much it looks at each token; a row sums to 1, and is 0 where tokens are masked
 */
@SuppressWarnings(
    "ArrayRecordComponent") // a map of a long segment has a quarter of a million numbers
public record AttentionLayer(float[] weights, int batch, int heads, int length) {

  /** Refuses sizes that do not fit. */
  public AttentionLayer {
    Objects.requireNonNull(weights, "weights");
    long cells = (long) batch * heads * length * length;
    if (weights.length != cells) {
      throw new IllegalArgumentException(
          "attention of %d rows, %d heads and %d tokens has %d numbers, not %d"
              .formatted(batch, heads, length, cells, weights.length));
    }
  }

  /** How much one token looks at another. */
  public float weight(int row, int head, int query, int key) {
    return weights[((row * heads + head) * length + query) * length + key];
  }

  /** The mean over the heads for one row of the batch, {@code [length][length]}. */
  float[][] overHeads(int row) {
    float[][] mean = new float[length][length];
    for (int head = 0; head < heads; head++) {
      for (int query = 0; query < length; query++) {
        for (int key = 0; key < length; key++) {
          mean[query][key] += weight(row, head, query, key) / heads;
        }
      }
    }
    return mean;
  }
}
