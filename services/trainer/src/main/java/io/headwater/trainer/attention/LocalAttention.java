package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;
import java.util.List;

/**
 * Sliding-window attention (Beltagy et al. 2020, "Longformer"): a token sees those at most {@code
 * window} places away, and the first {@code globalTokens} of a text see all and are seen by all.
 * Scores are dot products. Unlike in the paper, global tokens share the projections of the others.
 *
 * <p>The text is cut into blocks of {@code window} tokens, each of which looks at itself and at its
 * two neighbours, so time and memory grow with the length, not with its square. It is attention of
 * an encoder's text within itself: queries and memory must be one tensor, and a causal mask is
 * refused.
 *
 * <p>Watched shares are {@code [B, heads, blocks, window, globalTokens + 3 * window]}: first the
 * global tokens, then the block before, the block itself and the one after. Those of the global
 * tokens are watched as {@code name.global}, {@code [B, heads, globalTokens, tokens]}.
 *
 * @param name its weights begin with it
 * @param width d, of what comes in and goes out
 * @param heads of the queries; they share the width evenly
 * @param keyHeads of keys and values; each serves {@code heads / keyHeads} query heads
 * @param window how far a token sees, to either side
 * @param globalTokens at most {@code window}; 0 for none
 * @param dropout share of attention weights silenced while training
 */
public record LocalAttention(
    String name, int width, int heads, int keyHeads, int window, int globalTokens, float dropout)
    implements Attention {
  private static final float HIDDEN = -1e9f;

  /** Refuses heads that cannot share evenly, and more global tokens than fit the first block. */
  public LocalAttention {
    new Heads(width, heads, keyHeads);
    new Mixture(name, dropout);
    if (window < 1) {
      throw new IllegalArgumentException("a window of %d sees nothing".formatted(window));
    }
    if (globalTokens < 0 || globalTokens > window) {
      throw new IllegalArgumentException(
          "%d global tokens are not from 0 to the window, %d".formatted(globalTokens, window));
    }
  }

  @Override
  public List<WeightSpec> weights() {
    return new Heads(width, heads, keyHeads).weights(name);
  }

  @Override
  public <T> T attend(Ops<T> ops, T queries, T memory, AttentionMask<T> mask) {
    mask.requireWithinItself("local", queries, memory);
    Heads split = new Heads(width, heads, keyHeads);
    T x = ops.padToMultiple(queries, 1, window, 0);
    T keep = ops.padToMultiple(mask.keep(), 1, window, 0);
    T q = split.queries(ops, ops.linear(x, name + ".query"));
    T k = split.keys(ops, ops.linear(x, name + ".key"));
    T v = split.keys(ops, ops.linear(x, name + ".value"));
    T mixed = globalTokens == 0 ? near(ops, q, k, v, keep) : nearAndGlobal(ops, q, k, v, keep);
    return ops.cutLike(ops.linear(split.joined(ops, mixed), name + ".out"), 1, queries);
  }

  /** {@code [B, heads, S, size]}; each token looks around itself. */
  private <T> T near(Ops<T> ops, T q, T k, T v, T keep) {
    T scores = nearScores(ops, q, k);
    T mixed = new Mixture(name, dropout).of(ops, scores, nearBias(ops, keep), around(ops, v));
    return whole(ops, mixed);
  }

  private <T> T nearAndGlobal(Ops<T> ops, T q, T k, T v, T keep) {
    T firstKeys = ops.slice(k, 2, 0, globalTokens);
    T firstValues = ops.slice(v, 2, 0, globalTokens);
    T firstScores =
        new Heads(width, heads, keyHeads).scores(ops, q, ops.transpose(firstKeys, 0, 1, 3, 2));
    // [B, 1, 1, 1, globalTokens]
    T firstBias = AttentionMask.hidden(ops, ops.slice(keep, 1, 0, globalTokens));
    firstBias = ops.unsqueeze(ops.unsqueeze(ops.unsqueeze(firstBias, 1), 1), 1);
    T bias = nearBias(ops, withoutFirst(ops, keep));
    T shares =
        new Mixture(name, dropout)
            .shares(
                ops,
                ops.concat(
                    -1,
                    List.of(
                        ops.add(
                            ops.reshape(firstScores, 0, 0, -1, window, globalTokens), firstBias),
                        ops.add(nearScores(ops, q, k), bias))),
                ops.number(0));
    T near = ops.matmul(ops.slice(shares, -1, globalTokens, Ops.END), around(ops, v));
    T first = ops.reshape(ops.slice(shares, -1, 0, globalTokens), 0, 0, -1, globalTokens);
    T mixed = ops.add(whole(ops, near), ops.matmul(first, firstValues));
    return ops.concat(
        2,
        List.of(
            ofGlobal(ops, ops.slice(q, 2, 0, globalTokens), k, v, keep),
            ops.slice(
                ops.multiply(mixed, anySeen(ops, firstBias, bias)), 2, globalTokens, Ops.END)));
  }

  /** {@code [B, heads, globalTokens, size]}; the first tokens look at all. */
  private <T> T ofGlobal(Ops<T> ops, T q, T k, T v, T keep) {
    T scores = new Heads(width, heads, keyHeads).scores(ops, q, ops.transpose(k, 0, 1, 3, 2));
    T bias = ops.unsqueeze(ops.unsqueeze(AttentionMask.hidden(ops, keep), 1), 1);
    return new Mixture(name + ".global", dropout).of(ops, scores, bias, v);
  }

  /** {@code [B, 1, S, 1]}: 1 where a token sees a global one or one around it. */
  private <T> T anySeen(Ops<T> ops, T firstBias, T bias) {
    T first = AttentionMask.seen(ops, firstBias);
    T near = AttentionMask.seen(ops, bias);
    T either = ops.add(near, ops.multiply(first, ops.subtract(ops.number(1), near)));
    return ops.reshape(either, 0, 1, -1, 1);
  }

  /** {@code [B, heads, blocks, window, 3 * window]}. */
  private <T> T nearScores(Ops<T> ops, T q, T k) {
    Heads split = new Heads(width, heads, keyHeads);
    T keys = ops.transpose(around(ops, k), 0, 1, 2, 4, 3);
    return split.scores(ops, ops.reshape(q, 0, 0, -1, window, split.size()), keys);
  }

  /** {@code [B, 1, blocks, window, 3 * window]}: hides what is too far away, or not kept. */
  private <T> T nearBias(Ops<T> ops, T keep) {
    float[] band = new float[window * 3 * window];
    for (int query = 0; query < window; query++) {
      for (int key = 0; key < 3 * window; key++) {
        int distance = Math.abs(window + query - key);
        band[query * 3 * window + key] = distance <= window ? 0 : HIDDEN;
      }
    }
    T padded = ops.pad(keep, 1, window, window, 0);
    T kept =
        ops.concat(
            2,
            List.of(
                ops.reshape(ops.slice(padded, 1, 0, -2L * window), 0, -1, window),
                ops.reshape(keep, 0, -1, window),
                ops.reshape(ops.slice(padded, 1, 2L * window, Ops.END), 0, -1, window)));
    T hidden = ops.unsqueeze(ops.unsqueeze(AttentionMask.hidden(ops, kept), 1), 3);
    return ops.add(hidden, ops.constant(band, window, 3L * window));
  }

  /** Not kept: the first tokens, which are looked at as global ones and must not count twice. */
  private <T> T withoutFirst(Ops<T> ops, T keep) {
    T longer = ops.pad(keep, 1, 0, window, 0);
    T others = ops.pad(ops.slice(longer, 1, globalTokens, Ops.END), 1, globalTokens, 0, 0);
    return ops.slice(others, 1, 0, -window);
  }

  /** From {@code [B, heads, S, size]} to {@code [B, heads, blocks, 3 * window, size]}. */
  private <T> T around(Ops<T> ops, T x) {
    int size = width / heads;
    T padded = ops.pad(x, 2, window, window, 0);
    return ops.concat(
        3,
        List.of(
            ops.reshape(ops.slice(padded, 2, 0, -2L * window), 0, 0, -1, window, size),
            ops.reshape(x, 0, 0, -1, window, size),
            ops.reshape(ops.slice(padded, 2, 2L * window, Ops.END), 0, 0, -1, window, size)));
  }

  /** From blocks back to {@code [B, heads, S, size]}. */
  private <T> T whole(Ops<T> ops, T blocks) {
    return ops.reshape(blocks, 0, 0, -1, width / heads);
  }
}
