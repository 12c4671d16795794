package io.headwater.models.explain;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * Where the score of a segment came from, token by token, special tokens included. Attention says
 * what the model looked at, which need not be what it went by (Jain and Wallace, <i>Attention is
 * not explanation</i>, NAACL 2019): occlusion is the check. The arrays are the record's own and
 * must not be changed.
 *
 * @param rollout share of each token in the pooled vector by attention rollout; they sum to 1
 * @param lastLayer how much the first token looks at each in the last layer, mean over its heads;
 *     they sum to 1
 * @param occlusion by how much the label's probability falls when the token is masked: above 0
 *     speaks for the label, below 0 against it; 0 for special tokens, which are never masked
 * @param special whether a token is a special one
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of hundreds of tokens
public record Explanation(
    float[] rollout, float[] lastLayer, float[] occlusion, boolean[] special) {

  private static final int FEWEST = 3;

  /** Refuses arrays of unequal length. */
  public Explanation {
    Objects.requireNonNull(rollout, "rollout");
    if (lastLayer.length != rollout.length
        || occlusion.length != rollout.length
        || special.length != rollout.length) {
      throw new IllegalArgumentException("each of " + rollout.length + " tokens needs all numbers");
    }
  }

  /**
   * Whether attention and check tell the same: Spearman's rank correlation of rollout with the size
   * of the occlusion's effect, over tokens that are not special. Empty for fewer than three tokens,
   * and where either is the same for all.
   */
  public OptionalDouble agreement() {
    int[] real = IntStream.range(0, special.length).filter(i -> !special[i]).toArray();
    if (real.length < FEWEST) {
      return OptionalDouble.empty();
    }
    double[] looked = new double[real.length];
    double[] moved = new double[real.length];
    for (int i = 0; i < real.length; i++) {
      looked[i] = rollout[real[i]];
      moved[i] = Math.abs(occlusion[real[i]]);
    }
    double correlation = new SpearmansCorrelation().correlation(looked, moved);
    return Double.isNaN(correlation) ? OptionalDouble.empty() : OptionalDouble.of(correlation);
  }
}
