package io.headwater.models.translation;

import org.jspecify.annotations.Nullable;

/**
 * The tokens written so far in one direction of a search, as the newest one and the trail before
 * it. Immutable; trails share what they have in common.
 */
final class Trail {

  private final @Nullable Trail before;
  private final int token;
  private final int length;
  private final double logProbability;

  /** How much the newest token looked at each source token; empty unless asked for. */
  private final float[] attention;

  private Trail(@Nullable Trail before, int token, double logProbability, float[] attention) {
    this.before = before;
    this.token = token;
    this.length = before == null ? 1 : before.length + 1;
    this.logProbability = logProbability;
    this.attention = attention;
  }

  /** A trail of the start token only. */
  static Trail start(int token) {
    return new Trail(null, token, 0, new float[0]);
  }

  /** This trail and one more token; the new trail has the given log-probability in all. */
  Trail then(int next, double newLogProbability, float[] looks) {
    return new Trail(this, next, newLogProbability, looks);
  }

  int token() {
    return token;
  }

  /** How many tokens, the start included. */
  int length() {
    return length;
  }

  double logProbability() {
    return logProbability;
  }

  /** All tokens but the first few. */
  int[] tokens(int skipped) {
    int[] tokens = new int[length - skipped];
    Trail at = this;
    for (int i = tokens.length - 1; i >= 0 && at != null; i--) {
      tokens[i] = at.token;
      at = at.before;
    }
    return tokens;
  }

  /** The attention of all tokens but the first few. */
  float[][] attention(int skipped) {
    float[][] rows = new float[length - skipped][];
    Trail at = this;
    for (int i = rows.length - 1; i >= 0 && at != null; i--) {
      rows[i] = at.attention;
      at = at.before;
    }
    return rows;
  }
}
