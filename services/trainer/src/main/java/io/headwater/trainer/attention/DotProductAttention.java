package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Scaled dot-product attention with several heads (Vaswani et al. 2017, "Attention Is All You
 * Need"), with biases for query, key and value. Fewer heads for keys and values than for queries
 * make it multi-query (one; Shazeer 2019, "Fast Transformer Decoding") or grouped-query attention
 * (Ainslie et al. 2023, "GQA").
 *
 * @param name its weights begin with it
 * @param width d, of what comes in and goes out
 * @param heads of the queries; they share the width evenly
 * @param keyHeads of keys and values; each serves {@code heads / keyHeads} query heads
 * @param dropout share of attention weights silenced while training
 */
public record DotProductAttention(String name, int width, int heads, int keyHeads, float dropout)
    implements Attention {

  /** Refuses heads that cannot share evenly. */
  public DotProductAttention {
    Objects.requireNonNull(name, "name");
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "%d heads cannot share a width of %d evenly".formatted(heads, width));
    }
    if (keyHeads < 1 || heads % keyHeads != 0) {
      throw new IllegalArgumentException(
          "%d query heads cannot share %d key heads evenly".formatted(heads, keyHeads));
    }
  }

  private int headWidth() {
    return width / heads;
  }

  @Override
  public List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>();
    specs.addAll(WeightSpec.linear(name + ".query", width, width));
    specs.addAll(WeightSpec.linear(name + ".key", width, keyHeads * headWidth()));
    specs.addAll(WeightSpec.linear(name + ".value", width, keyHeads * headWidth()));
    specs.addAll(WeightSpec.linear(name + ".out", width, width));
    return specs;
  }

  @Override
  public <T> T attend(Ops<T> ops, T queries, T memory, AttentionMask<T> mask) {
    int group = heads / keyHeads;
    T q = ops.linear(queries, name + ".query");
    q = ops.transpose(ops.reshape(q, 0, 0, heads, headWidth()), 0, 2, 1, 3);
    T k = heads(ops, ops.linear(memory, name + ".key"), group);
    T v = heads(ops, ops.linear(memory, name + ".value"), group);
    T scores = ops.matmul(q, ops.transpose(k, 0, 1, 3, 2));
    scores = ops.multiply(scores, ops.number(1 / Math.sqrt(headWidth())));
    T shares = ops.softmax(ops.add(scores, mask.bias(ops, queries, memory)));
    shares = ops.dropout(ops.watched(name, shares), dropout);
    T mixed = ops.transpose(ops.matmul(shares, v), 0, 2, 1, 3);
    return ops.linear(ops.reshape(mixed, 0, 0, width), name + ".out");
  }

  /** From {@code [B, K, keyHeads * w]} to {@code [B, heads, K, w]}, each key head repeated. */
  private <T> T heads(Ops<T> ops, T x, int group) {
    T apart = ops.transpose(ops.reshape(x, 0, 0, keyHeads, headWidth()), 0, 2, 1, 3);
    if (group == 1) {
      return apart;
    }
    List<T> copies = new ArrayList<>();
    for (int head = 0; head < keyHeads; head++) {
      T one = ops.slice(apart, 1, head, head + 1L);
      for (int i = 0; i < group; i++) {
        copies.add(one);
      }
    }
    return ops.concat(1, copies);
  }
}
