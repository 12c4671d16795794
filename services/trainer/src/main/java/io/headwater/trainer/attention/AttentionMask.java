package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Ops;

/**
 * What queries may look at.
 *
 * @param keep float {@code [B, S]}: 1 for a real key, 0 for padding or a token that is masked at
 *     random while training
 * @param causal whether later keys are hidden
 * @param <T> a tensor
 */
public record AttentionMask<T>(T keep, boolean causal) {
  private static final double HIDDEN = -1e9;

  /**
   * What to add to scores: 0 or {@code -1e9}, in a shape that stretches to {@code [B, heads,
   * queries, keys]}.
   *
   * @param queries {@code [B, queries, d]}
   * @param keys {@code [B, keys, d]}
   */
  public T bias(Ops<T> ops, T queries, T keys) {
    T hidden = ops.multiply(ops.subtract(ops.number(1), keep), ops.number(HIDDEN));
    T bias = ops.unsqueeze(ops.unsqueeze(hidden, 1), 1);
    return causal ? ops.add(bias, ops.causalBias(queries, keys)) : bias;
  }
}
