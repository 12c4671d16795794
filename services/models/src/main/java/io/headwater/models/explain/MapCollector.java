package io.headwater.models.explain;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Packs the attention of a segment, layer by layer, as far as it fits: all heads, else their mean,
 * else nothing.
 */
final class MapCollector {
  private final int layers;
  private final int length;
  private final int limit;
  private byte[] packed = new byte[0];
  private int heads;
  private int end;

  MapCollector(int layers, int length, int limit) {
    this.layers = layers;
    this.length = length;
    this.limit = limit;
  }

  /**
   * Takes the next layer.
   *
   * @param attention of a batch of one
   * @param mean of its heads, {@code [length][length]}
   */
  void add(AttentionLayer attention, float[][] mean) {
    if (heads == 0) {
      heads = fits(attention.heads()) ? attention.heads() : 1;
      packed = new byte[fits(heads) ? layers * heads * length * length : 0];
    }
    if (packed.length == 0) {
      return;
    }
    for (int head = 0; head < heads; head++) {
      for (int query = 0; query < length; query++) {
        pack(heads == 1 ? mean[query] : row(attention, head, query), packed, end);
        end += length;
      }
    }
  }

  /** The maps; empty when they do not fit. */
  Optional<AttentionMaps> maps() {
    return packed.length == 0
        ? Optional.empty()
        : Optional.of(new AttentionMaps(layers, heads, length, packed));
  }

  private boolean fits(int ofHeads) {
    return (long) layers * ofHeads * length * length <= limit;
  }

  private static float[] row(AttentionLayer attention, int head, int query) {
    float[] row = new float[attention.length()];
    for (int key = 0; key < row.length; key++) {
      row[key] = attention.weight(0, head, query, key);
    }
    return row;
  }

  /**
   * Rounds a row so that it still sums to the whole: what rounding down leaves over goes to those
   * that lost most by it (the method of largest remainders).
   */
  static void pack(float[] row, byte[] target, int at) {
    double sum = 0;
    for (float weight : row) {
      sum += weight;
    }
    double[] remainders = new double[row.length];
    int left = AttentionMaps.WHOLE;
    for (int i = 0; i < row.length; i++) {
      double share = row[i] / sum * AttentionMaps.WHOLE;
      int whole = (int) share;
      target[at + i] = (byte) whole;
      remainders[i] = share - whole;
      left -= whole;
    }
    int[] most =
        IntStream.range(0, row.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -remainders[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int place : Arrays.copyOf(most, Math.min(left, most.length))) {
      target[at + place]++;
    }
  }
}
