package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.List;

/**
 * Scaled dot-product attention with several heads (Vaswani et al. 2017, "Attention Is All You
 * Need"), with biases for query, key and value. Fewer heads for keys and values than for queries
 * make it multi-query (one; Shazeer 2019, "Fast Transformer Decoding") or grouped-query attention
 * (Ainslie et al. 2023, "GQA"). Watched shares are {@code [B, heads, Q, K]}.
 *
 * @param name its weights begin with it
 * @param width d, of what comes in and goes out
 * @param heads of the queries; they share the width evenly
 * @param keyHeads of keys and values; each serves {@code heads / keyHeads} query heads
 * @param dropout share of attention weights silenced while training
 */
public record DotProductAttention(String name, int width, int heads, int keyHeads, float dropout)
    implements RememberingAttention {

  /** Refuses heads that cannot share evenly. */
  public DotProductAttention {
    new Heads(width, heads, keyHeads);
    new Mixture(name, dropout);
  }

  @Override
  public List<WeightSpec> weights() {
    return new Heads(width, heads, keyHeads).weights(name);
  }

  @Override
  public <T> Remembered<T> remember(Ops<T> ops, T memory) {
    Heads split = new Heads(width, heads, keyHeads);
    return new Remembered<>(
        split.apart(ops, ops.linear(memory, name + ".key")),
        split.apart(ops, ops.linear(memory, name + ".value")));
  }

  @Override
  public <T> T attendTo(Ops<T> ops, T queries, Remembered<T> memory, T bias) {
    Heads split = new Heads(width, heads, keyHeads);
    T q = split.queries(ops, ops.linear(queries, name + ".query"));
    T k = split.shared(ops, memory.keys());
    T v = split.shared(ops, memory.values());
    T scores = split.scores(ops, q, ops.transpose(k, 0, 1, 3, 2));
    T mixed = new Mixture(name, dropout).of(ops, scores, bias, v);
    return ops.linear(split.joined(ops, mixed), name + ".out");
  }
}
