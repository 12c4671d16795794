package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Additive attention (Bahdanau et al. 2015, "Neural Machine Translation by Jointly Learning to
 * Align and Translate"), once for each head: a query q and a key k fit by {@code v · tanh(qW + kU +
 * b)}. Every pair of tokens passes the hyperbolic tangent, so memory and time are {@code d} times
 * those of the shares. Watched shares are {@code [B, heads, Q, K]}.
 *
 * @param name its weights begin with it: {@code .query} is W and b, {@code .key.weight} is U,
 *     {@code .score} holds each head's v, {@code [heads, 1, size, 1]}
 * @param width d, of what comes in and goes out
 * @param heads of the queries; they share the width evenly
 * @param keyHeads of keys and values; each serves {@code heads / keyHeads} query heads
 * @param dropout share of attention weights silenced while training
 */
public record AdditiveAttention(String name, int width, int heads, int keyHeads, float dropout)
    implements RememberingAttention {

  /** Refuses heads that cannot share evenly. */
  public AdditiveAttention {
    new Heads(width, heads, keyHeads);
    new Mixture(name, dropout);
  }

  @Override
  public List<WeightSpec> weights() {
    Heads split = new Heads(width, heads, keyHeads);
    List<WeightSpec> specs = new ArrayList<>(split.weights(name));
    // One bias under the hyperbolic tangent is enough: the query's.
    specs.removeIf(spec -> spec.name().equals(name + ".key.bias"));
    specs.add(WeightSpec.of(name + ".score", WeightSpec.Kind.MATRIX, heads, 1, split.size(), 1));
    return specs;
  }

  @Override
  public <T> Remembered<T> remember(Ops<T> ops, T memory) {
    Heads split = new Heads(width, heads, keyHeads);
    return new Remembered<>(
        split.apart(ops, ops.matmul(memory, ops.weight(name + ".key.weight"))),
        split.apart(ops, ops.linear(memory, name + ".value")));
  }

  @Override
  public <T> T attendTo(Ops<T> ops, T queries, Remembered<T> memory, T bias) {
    Heads split = new Heads(width, heads, keyHeads);
    T q = split.queries(ops, ops.linear(queries, name + ".query"));
    T k = split.shared(ops, memory.keys());
    T v = split.shared(ops, memory.values());
    // [B, heads, Q, K, size]
    T pairs = ops.tanh(ops.add(ops.unsqueeze(q, 3), ops.unsqueeze(k, 2)));
    T scores = ops.reshape(ops.matmul(pairs, ops.weight(name + ".score")), 0, 0, 0, -1);
    T mixed = new Mixture(name, dropout).of(ops, scores, bias, v);
    return ops.linear(split.joined(ops, mixed), name + ".out");
  }
}
