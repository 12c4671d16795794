package io.headwater.trainer.network;

import io.headwater.trainer.tensor.Ops;
import io.headwater.trainer.tensor.WeightSpec;

/** Tokens as vectors, scaled by the root of their width (Vaswani et al. 2017), and their places. */
final class TokenEmbedding {
  private static final String TABLE = "embedding";

  private final EncoderShape shape;
  private final float[] places;

  /**
   * An embedding.
   *
   * @param positions most of them that a row has
   */
  TokenEmbedding(EncoderShape shape, int positions) {
    this.shape = shape;
    this.places = Positions.sinusoidal(positions, shape.width());
  }

  WeightSpec weight() {
    return WeightSpec.of(TABLE, WeightSpec.Kind.EMBEDDING, shape.vocabulary(), shape.width());
  }

  /** The table, {@code [vocabulary, d]}. */
  <T> T table(Ops<T> ops) {
    return ops.weight(TABLE);
  }

  /** Vectors, {@code [B, S, d]}, without places. */
  <T> T of(Ops<T> ops, T ids) {
    return ops.multiply(ops.rows(table(ops), ids), ops.number(Math.sqrt(shape.width())));
  }

  /** The vectors of whole rows with their places. */
  <T> T placed(Ops<T> ops, T x) {
    return dropped(ops, ops.add(x, ops.cutLike(positions(ops), 1, x)));
  }

  /**
   * The vectors of one token a row, with the place after what is past.
   *
   * @param x {@code [B, 1, d]}
   * @param past its axis 2 says how many tokens were before; at least one
   */
  <T> T placedAfter(Ops<T> ops, T x, T past) {
    // Without the first place, as many as are past end with the one that comes next.
    T table = ops.unsqueeze(ops.slice(positions(ops), 1, 1, Ops.END), 1);
    T next = ops.slice(ops.cutLike(table, 2, past), 2, -1, Ops.END);
    return dropped(ops, ops.add(x, ops.reshape(next, 1, 1, shape.width())));
  }

  private <T> T positions(Ops<T> ops) {
    return ops.constant(places, 1, places.length / shape.width(), shape.width());
  }

  private <T> T dropped(Ops<T> ops, T x) {
    return ops.dropout(x, shape.embeddingDropout());
  }
}
