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
    T bias = keyBias(ops, keep);
    return causal ? ops.add(bias, ops.causalBias(queries, keys)) : bias;
  }

  /**
   * What to add to scores for the keys alone, whatever asks: {@code [B, 1, 1, S]}.
   *
   * @param keep as above
   */
  public static <T> T keyBias(Ops<T> ops, T keep) {
    return ops.unsqueeze(ops.unsqueeze(hidden(ops, keep), 1), 1);
  }

  /** 0 where a key is kept, {@code -1e9} where not; the shape stays. */
  static <T> T hidden(Ops<T> ops, T keep) {
    return ops.multiply(ops.subtract(ops.number(1), keep), ops.number(HIDDEN));
  }

  /**
   * 1 where a query sees any key, else 0: with every key hidden the shares are even, and would show
   * padding, masked tokens, and what comes later.
   *
   * @param bias {@code [..., keys]}
   * @return {@code [..., 1]}
   */
  static <T> T seen(Ops<T> ops, T bias) {
    return ops.max(ops.relu(ops.add(bias, ops.number(1))), -1);
  }

  /**
   * Refuses what a form that cuts a text into pieces cannot do.
   *
   * @param form its name, for the message
   */
  void requireWithinItself(String form, Object queries, Object memory) {
    if (causal) {
      throw new IllegalArgumentException(
          form + " attention sees what comes later: it is for encoders, not for a decoder");
    }
    if (queries != memory) {
      throw new IllegalArgumentException(
          form + " attention is of a text within itself: queries and memory must be one tensor");
    }
  }
}
