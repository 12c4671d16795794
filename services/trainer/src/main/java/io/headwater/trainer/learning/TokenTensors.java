package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.headwater.trainer.network.Tokens;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Makes tensors of token rows. */
public final class TokenTensors {
  private TokenTensors() {}

  /** The rows, padded to the longest. */
  public static Tokens<NDArray> of(List<int[]> rows, NDManager manager) {
    return of(rows, () -> false, manager);
  }

  /**
   * The rows, padded to the longest; padding is hidden, and has the id 0.
   *
   * @param hides asked of each token, in order, whether it is hidden too; of each row at least one
   *     stays
   */
  static Tokens<NDArray> of(List<int[]> rows, BooleanSupplier hides, NDManager manager) {
    int longest = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    long[] ids = new long[rows.size() * longest];
    float[] keep = new float[ids.length];
    for (int i = 0; i < rows.size(); i++) {
      int[] row = rows.get(i);
      int kept = 0;
      for (int token = 0; token < row.length; token++) {
        boolean hidden = hides.getAsBoolean();
        ids[i * longest + token] = row[token];
        keep[i * longest + token] = hidden ? 0 : 1;
        kept += hidden ? 0 : 1;
      }
      if (kept == 0 && row.length > 0) {
        keep[i * longest] = 1;
      }
    }
    Shape shape = new Shape(rows.size(), longest);
    return new Tokens<>(manager.create(ids, shape), manager.create(keep, shape));
  }
}
