package io.headwater.trainer.data;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What the encoder sees in a set of texts.
 *
 * @param texts the texts and their labels
 * @param rows for each text a vector, all of one length
 */
@SuppressWarnings("ArrayRecordComponent") // hundreds of millions of floats
public record Features(LabelledTexts texts, float[][] rows) {

  /** Refuses sets of unequal size. */
  public Features {
    Objects.requireNonNull(texts, "texts");
    if (rows.length != texts.size() || rows.length == 0) {
      throw new IllegalArgumentException(rows.length + " rows for " + texts.size() + " texts");
    }
  }

  /** Length of each vector. */
  public int width() {
    return rows[0].length;
  }

  /** The rows whose index is wanted, as a set of their own. */
  public Features filter(String name, IntPredicate wanted) {
    int[] kept = IntStream.range(0, rows.length).filter(wanted).toArray();
    return new Features(
        texts.select(name, kept),
        Arrays.stream(kept).mapToObj(i -> rows[i]).toArray(float[][]::new));
  }
}
