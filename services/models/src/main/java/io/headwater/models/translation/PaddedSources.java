package io.headwater.models.translation;

import java.nio.LongBuffer;
import java.util.List;

/**
 * Sources that are encoded together.
 *
 * @param rows token ids of each, none longer than the length
 * @param length what all are padded to
 * @param padId fills the shorter ones; hidden from the model by the attention mask
 */
record PaddedSources(List<int[]> rows, int length, int padId) {

  PaddedSources {
    rows = List.copyOf(rows);
  }

  /** Writes ids and mask, row by row. */
  void write(LongBuffer ids, LongBuffer mask) {
    for (int[] row : rows) {
      for (int column = 0; column < length; column++) {
        boolean real = column < row.length;
        ids.put(real ? row[column] : padId);
        mask.put(real ? 1 : 0);
      }
    }
    ids.flip();
    mask.flip();
  }
}
