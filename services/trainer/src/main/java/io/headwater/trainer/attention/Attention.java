package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.List;

/**
 * A form of attention: each query takes a weighted mean of values, by how well their keys fit it.
 * Immutable; its weights live elsewhere, by the names that it declares.
 */
public interface Attention {

  /** The weights that it reads. */
  List<WeightSpec> weights();

  /**
   * One pass.
   *
   * @param queries {@code [B, Q, d]}
   * @param memory what keys and values are made of, {@code [B, K, d]}; the queries themselves in
   *     self-attention
   * @param mask over the memory
   * @return {@code [B, Q, d]}
   */
  <T> T attend(Ops<T> ops, T queries, T memory, AttentionMask<T> mask);
}
