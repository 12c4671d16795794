package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * How a width is shared among heads.
 *
 * @param width d, all heads together
 * @param heads of the queries; they share the width evenly
 * @param keyHeads of keys and values; each serves {@code heads / keyHeads} query heads
 */
record Heads(int width, int heads, int keyHeads) {

  /** Refuses heads that cannot share evenly. */
  Heads {
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "%d heads cannot share a width of %d evenly".formatted(heads, width));
    }
    if (keyHeads < 1 || heads % keyHeads != 0) {
      throw new IllegalArgumentException(
          "%d query heads cannot share %d key heads evenly".formatted(heads, keyHeads));
    }
  }

  /** The width of one head. */
  int size() {
    return width / heads;
  }

  /** Linear layers {@code name.query}, {@code .key}, {@code .value} and {@code .out}. */
  List<WeightSpec> weights(String name) {
    List<WeightSpec> specs = new ArrayList<>();
    specs.addAll(WeightSpec.linear(name + ".query", width, width));
    specs.addAll(WeightSpec.linear(name + ".key", width, keyHeads * size()));
    specs.addAll(WeightSpec.linear(name + ".value", width, keyHeads * size()));
    specs.addAll(WeightSpec.linear(name + ".out", width, width));
    return specs;
  }

  /** From {@code [B, Q, d]} to {@code [B, heads, Q, size]}. */
  <T> T queries(Ops<T> ops, T x) {
    return ops.transpose(ops.reshape(x, 0, 0, heads, size()), 0, 2, 1, 3);
  }

  /** From {@code [B, K, keyHeads * size]} to {@code [B, heads, K, size]}, key heads repeated. */
  <T> T keys(Ops<T> ops, T x) {
    return shared(ops, apart(ops, x));
  }

  /** From {@code [B, K, keyHeads * size]} to {@code [B, keyHeads, K, size]}. */
  <T> T apart(Ops<T> ops, T x) {
    return ops.transpose(ops.reshape(x, 0, 0, keyHeads, size()), 0, 2, 1, 3);
  }

  /** From {@code [B, keyHeads, K, size]} to {@code [B, heads, K, size]}, key heads repeated. */
  <T> T shared(Ops<T> ops, T apart) {
    if (keyHeads == heads) {
      return apart;
    }
    List<T> copies = new ArrayList<>();
    for (int head = 0; head < keyHeads; head++) {
      T one = ops.slice(apart, 1, head, head + 1L);
      for (int i = 0; i < heads / keyHeads; i++) {
        copies.add(one);
      }
    }
    return ops.concat(1, copies);
  }

  /** Queries by keys over the root of the head's width, {@code [..., Q, K]}; any axes before. */
  <T> T scores(Ops<T> ops, T queries, T turnedKeys) {
    return ops.multiply(ops.matmul(queries, turnedKeys), ops.number(1 / Math.sqrt(size())));
  }

  /** From {@code [B, heads, Q, size]} back to {@code [B, Q, d]}. */
  <T> T joined(Ops<T> ops, T x) {
    return ops.reshape(ops.transpose(x, 0, 2, 1, 3), 0, 0, width);
  }
}
