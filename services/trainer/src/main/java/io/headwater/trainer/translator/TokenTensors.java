package io.headwater.trainer.translator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.headwater.trainer.network.Tokens;
import io.headwater.trainer.translation.TransformerShape;
import java.util.List;

/** Makes tensors of token rows. */
final class TokenTensors {
  private TokenTensors() {}

  /** The rows, padded to the longest. */
  static Tokens<NDArray> of(List<int[]> rows, NDManager manager) {
    int longest = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
    long[] ids = new long[rows.size() * longest];
    float[] keep = new float[ids.length];
    for (int row = 0; row < rows.size(); row++) {
      int[] tokens = rows.get(row);
      for (int column = 0; column < longest; column++) {
        boolean real = column < tokens.length;
        ids[row * longest + column] = real ? tokens[column] : TransformerShape.PAD;
        keep[row * longest + column] = real ? 1 : 0;
      }
    }
    Shape shape = new Shape(rows.size(), longest);
    return new Tokens<>(manager.create(ids, shape), manager.create(keep, shape));
  }

  /** What a decoder reads to write a target: the start, and the target without its last token. */
  static int[] shifted(int[] target) {
    int[] before = new int[target.length];
    before[0] = TransformerShape.START;
    System.arraycopy(target, 0, before, 1, target.length - 1);
    return before;
  }
}
