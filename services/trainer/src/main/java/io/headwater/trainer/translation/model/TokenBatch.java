package io.headwater.trainer.translation.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.headwater.trainer.learning.TokenTensors;
import io.headwater.trainer.network.Tokens;
import java.util.List;

/**
 * Rows of token ids, padded to the longest. The arrays are the manager's.
 *
 * @param ids int64 {@code [batch, length]}
 * @param mask float {@code [batch, length]}: 1 for a token, 0 for padding
 */
record TokenBatch(NDArray ids, NDArray mask) {
  static TokenBatch of(List<int[]> rows, NDManager manager) {
    Tokens<NDArray> tokens = TokenTensors.of(rows, manager);
    return new TokenBatch(tokens.ids(), tokens.keep());
  }

  /**
   * For attention scores: 0 for a token, far below zero for padding; {@code [batch, 1, 1, length]}.
   */
  NDArray attentionBias() {
    return mask.sub(1).mul(1e9f).reshape(mask.getShape().get(0), 1, 1, mask.getShape().get(1));
  }
}
