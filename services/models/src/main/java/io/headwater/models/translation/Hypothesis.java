package io.headwater.models.translation;

import java.util.Objects;

/**
 * What a model wrote for one source. The arrays are the record's own and must not be changed.
 *
 * @param tokenIds generated ids, without the start, the forced language and the end token
 * @param logProbability natural logarithm of the model's probability of these tokens, the end token
 *     included; a token that the model was forced to write counts nothing
 * @param hitLengthLimit whether it ends because it grew too long, not because the model ended it
 * @param alignment for each generated token, how much it looked at each source token; {@code
 *     [target][source]}, each row sums to 1; no rows unless asked for
 */
@SuppressWarnings("ArrayRecordComponent") // as everywhere for tokens: a box each is too dear
public record Hypothesis(
    int[] tokenIds, double logProbability, boolean hitLengthLimit, float[][] alignment) {

  /** Refuses an alignment that is neither empty nor has a row for each token. */
  public Hypothesis {
    Objects.requireNonNull(tokenIds, "tokenIds");
    if (alignment.length != 0 && alignment.length != tokenIds.length) {
      throw new IllegalArgumentException(
          alignment.length + " rows of alignment for " + tokenIds.length + " tokens");
    }
  }
}
