package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Ops;
import java.util.Objects;

/**
 * The last step of every form: scores become shares, and shares a weighted mean of values.
 *
 * @param name by which the shares are watched
 * @param dropout share of attention weights silenced while training
 */
record Mixture(String name, float dropout) {

  /** Needs a name, and a dropout that leaves something. */
  Mixture {
    Objects.requireNonNull(name, "name");
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "an attention dropout of %s is not from 0 to below 1".formatted(dropout));
    }
  }

  /** {@code [..., Q, K]}: shares that sum to 1; even ones where all keys are hidden. */
  <T> T shares(Ops<T> ops, T scores, T bias) {
    return ops.dropout(ops.watched(name, ops.softmax(ops.add(scores, bias))), dropout);
  }

  /**
   * The mean, or zeros for a query that sees no key.
   *
   * @param scores {@code [..., Q, K]}
   * @param bias 0 or far below, stretches to the scores
   * @param values {@code [..., K, w]}
   * @return {@code [..., Q, w]}
   */
  <T> T of(Ops<T> ops, T scores, T bias, T values) {
    T mean = ops.matmul(shares(ops, scores, bias), values);
    return ops.multiply(mean, AttentionMask.seen(ops, bias));
  }
}
