package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Ops;
import java.util.List;
import java.util.Objects;

/**
 * Keys and values of a memory, ready to be attended to: what a decoder keeps from step to step.
 *
 * @param keys {@code [B, keyHeads, K, size]}
 * @param values of the same shape
 * @param <T> a tensor
 */
public record Remembered<T>(T keys, T values) {

  /** Needs both. */
  public Remembered {
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(values, "values");
  }

  /** These, and later ones after them. */
  public Remembered<T> and(Ops<T> ops, Remembered<T> later) {
    return new Remembered<>(
        ops.concat(2, List.of(keys, later.keys)), ops.concat(2, List.of(values, later.values)));
  }
}
