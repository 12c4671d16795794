package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Ops;

/**
 * A form in two steps: what keys and values are made of a memory, and what queries find there. The
 * first step's result can be kept, and grow, which makes it a form for decoders.
 */
public interface RememberingAttention extends Attention {

  /** d, of what comes in and goes out. */
  int width();

  /** Heads of the queries; they share the width evenly. */
  int heads();

  /** Heads of keys and values; each serves {@code heads / keyHeads} query heads. */
  int keyHeads();

  /** The width of one head. */
  default int size() {
    return width() / heads();
  }

  /**
   * Makes keys and values.
   *
   * @param memory {@code [B, K, d]}; each token's do not depend on the others
   */
  <T> Remembered<T> remember(Ops<T> ops, T memory);

  /**
   * Looks at keys and values.
   *
   * @param queries {@code [B, Q, d]}
   * @param bias 0 where a query may look and {@code -1e9} where not, in a shape that stretches to
   *     {@code [B, heads, Q, K]}
   * @return {@code [B, Q, d]}
   */
  <T> T attendTo(Ops<T> ops, T queries, Remembered<T> memory, T bias);

  @Override
  default <T> T attend(Ops<T> ops, T queries, T memory, AttentionMask<T> mask) {
    return attendTo(ops, queries, remember(ops, memory), mask.bias(ops, queries, memory));
  }
}
