package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Multiplicative attention in its general form (Luong et al. 2015, "Effective Approaches to
 * Attention-based Neural Machine Translation"): a query q and a key k fit by {@code q W k}, and
 * keys are the memory as it is. With several heads, each takes its part of W's columns and of the
 * memory, so that the heads' scores add up to those of the paper; over the root of the head's
 * width, as in dot-product attention. Heads of keys cannot be shared, for keys are not projected.
 * Watched shares are {@code [B, heads, Q, K]}.
 *
 * @param name its weights begin with it: {@code .score} is W, {@code [d, d]}
 * @param width d, of what comes in and goes out
 * @param heads share the width evenly
 * @param dropout share of attention weights silenced while training
 */
public record GeneralAttention(String name, int width, int heads, float dropout)
    implements RememberingAttention {

  /** Refuses heads that cannot share evenly. */
  public GeneralAttention {
    new Heads(width, heads, heads);
    new Mixture(name, dropout);
  }

  @Override
  public List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.of(name + ".score", WeightSpec.Kind.MATRIX, width, width));
    specs.addAll(WeightSpec.linear(name + ".value", width, width));
    specs.addAll(WeightSpec.linear(name + ".out", width, width));
    return specs;
  }

  @Override
  public int keyHeads() {
    return heads;
  }

  @Override
  public <T> Remembered<T> remember(Ops<T> ops, T memory) {
    Heads split = new Heads(width, heads, heads);
    return new Remembered<>(
        split.apart(ops, memory), split.apart(ops, ops.linear(memory, name + ".value")));
  }

  @Override
  public <T> T attendTo(Ops<T> ops, T queries, Remembered<T> memory, T bias) {
    Heads split = new Heads(width, heads, heads);
    T q = split.queries(ops, ops.matmul(queries, ops.weight(name + ".score")));
    T scores = split.scores(ops, q, ops.transpose(memory.keys(), 0, 1, 3, 2));
    T mixed = new Mixture(name, dropout).of(ops, scores, bias, memory.values());
    return ops.linear(split.joined(ops, mixed), name + ".out");
  }
}
