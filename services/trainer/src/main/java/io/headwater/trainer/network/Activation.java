package io.headwater.trainer.network;

import io.headwater.trainer.tensor.Ops;

/** What stands between the two layers of a feed-forward block. */
public enum Activation {
  /** Gaussian error linear unit (Hendrycks and Gimpel 2016). */
  GELU,
  /** Rectified linear unit. */
  RELU;

  <T> T of(Ops<T> ops, T x) {
    return this == GELU ? ops.gelu(x) : ops.relu(x);
  }
}
