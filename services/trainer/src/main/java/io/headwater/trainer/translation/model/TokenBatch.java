package io.headwater.trainer.translation.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.headwater.trainer.translation.TransformerShape;
import java.util.List;

/**
 * Rows of token ids, padded to the longest. The arrays are the manager's.
 *
 * @param ids int64 {@code [batch, length]}
 * @param mask float {@code [batch, length]}: 1 for a token, 0 for padding
 */
record TokenBatch(NDArray ids, NDArray mask) {
  static TokenBatch of(List<int[]> rows, NDManager manager) {
    int length = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    long[] ids = new long[rows.size() * length];
    float[] mask = new float[ids.length];
    for (int row = 0; row < rows.size(); row++) {
      int[] tokens = rows.get(row);
      for (int column = 0; column < length; column++) {
        boolean real = column < tokens.length;
        ids[row * length + column] = real ? tokens[column] : TransformerShape.PAD;
        mask[row * length + column] = real ? 1 : 0;
      }
    }
    Shape shape = new Shape(rows.size(), length);
    return new TokenBatch(manager.create(ids, shape), manager.create(mask, shape));
  }

  /**
   * For attention scores: 0 for a token, far below zero for padding; {@code [batch, 1, 1, length]}.
   */
  NDArray attentionBias() {
    return mask.sub(1).mul(1e9f).reshape(mask.getShape().get(0), 1, 1, mask.getShape().get(1));
  }
}
