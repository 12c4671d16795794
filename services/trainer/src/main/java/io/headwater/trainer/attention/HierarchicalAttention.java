package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention on two levels (after Yang et al. 2016, "Hierarchical Attention Networks for Document
 * Classification"): dot-product attention within segments of {@code segment} tokens; a learned
 * context vector c that pools each segment h by {@code softmax(c · tanh(hW + b))}, as in the paper;
 * and dot-product attention among the pooled segments, whose result is added to each of their
 * tokens.
 *
 * <p>A text of S tokens takes {@code S * segment + (S / segment)²} scores. It is attention of an
 * encoder's text within itself: queries and memory must be one tensor, and a causal mask is
 * refused.
 *
 * <p>Watched shares: {@code name.tokens}, {@code [B, heads, segments, segment, segment]}; {@code
 * name.pool}, {@code [B, segments, 1, segment]}; {@code name.segments}, {@code [B, heads, segments,
 * segments]}.
 *
 * @param name its weights begin with it; then come {@code .tokens}, {@code .pool}, {@code .context}
 *     and {@code .segments}
 * @param width d, of what comes in and goes out
 * @param heads of the queries; they share the width evenly
 * @param keyHeads of keys and values; each serves {@code heads / keyHeads} query heads
 * @param segment how many tokens make a segment
 * @param dropout share of attention weights silenced while training
 */
public record HierarchicalAttention(
    String name, int width, int heads, int keyHeads, int segment, float dropout)
    implements Attention {

  /** Refuses heads that cannot share evenly, and empty segments. */
  public HierarchicalAttention {
    new Heads(width, heads, keyHeads);
    new Mixture(name, dropout);
    if (segment < 1) {
      throw new IllegalArgumentException("a segment of %d tokens is empty".formatted(segment));
    }
  }

  @Override
  public List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>();
    specs.addAll(new Heads(width, heads, keyHeads).weights(name + ".tokens"));
    specs.addAll(WeightSpec.linear(name + ".pool", width, width));
    specs.add(WeightSpec.of(name + ".context", WeightSpec.Kind.MATRIX, width, 1));
    specs.addAll(amongSegments().weights());
    return specs;
  }

  private DotProductAttention amongSegments() {
    return new DotProductAttention(name + ".segments", width, heads, keyHeads, dropout);
  }

  @Override
  public <T> T attend(Ops<T> ops, T queries, T memory, AttentionMask<T> mask) {
    mask.requireWithinItself("hierarchical", queries, memory);
    T x = ops.padToMultiple(queries, 1, segment, 0);
    T keep = ops.padToMultiple(mask.keep(), 1, segment, 0);
    // [B, segments, 1, segment]
    T bias = ops.reshape(AttentionMask.hidden(ops, keep), 0, -1, 1, segment);
    T tokens = ops.reshape(withinSegments(ops, x, bias), 0, -1, segment, width);
    T pooled = ops.reshape(pooled(ops, tokens, bias), 0, -1, width);
    T full = ops.reshape(AttentionMask.seen(ops, bias), 0, -1);
    T context = amongSegments().attend(ops, pooled, pooled, new AttentionMask<>(full, false));
    T both = ops.add(tokens, ops.unsqueeze(context, 2));
    return ops.cutLike(ops.reshape(both, 0, -1, width), 1, queries);
  }

  /** {@code [B, S, d]}. */
  private <T> T withinSegments(Ops<T> ops, T x, T bias) {
    String tokens = name + ".tokens";
    Heads split = new Heads(width, heads, keyHeads);
    T q = cut(ops, split.queries(ops, ops.linear(x, tokens + ".query")));
    T k = cut(ops, split.keys(ops, ops.linear(x, tokens + ".key")));
    T v = cut(ops, split.keys(ops, ops.linear(x, tokens + ".value")));
    T scores = split.scores(ops, q, ops.transpose(k, 0, 1, 2, 4, 3));
    T mixed = new Mixture(tokens, dropout).of(ops, scores, ops.unsqueeze(bias, 1), v);
    T whole = ops.reshape(mixed, 0, 0, -1, split.size());
    return ops.linear(split.joined(ops, whole), tokens + ".out");
  }

  /** From {@code [B, heads, S, size]} to {@code [B, heads, segments, segment, size]}. */
  private <T> T cut(Ops<T> ops, T x) {
    return ops.reshape(x, 0, 0, -1, segment, width / heads);
  }

  /** From {@code [B, segments, segment, d]} to {@code [B, segments, 1, d]}. */
  private <T> T pooled(Ops<T> ops, T tokens, T bias) {
    T hidden = ops.tanh(ops.linear(tokens, name + ".pool"));
    T fit = ops.matmul(hidden, ops.weight(name + ".context"));
    T scores = ops.transpose(fit, 0, 1, 3, 2);
    return new Mixture(name + ".pool", dropout).of(ops, scores, bias, tokens);
  }
}
