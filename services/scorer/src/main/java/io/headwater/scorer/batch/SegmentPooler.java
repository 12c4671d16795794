package io.headwater.scorer.batch;

/**
 * Pools the probabilities of a message's segments into those of the message: their mean, weighted
 * with the tokens that each segment adds to those before it. A token in an overlap counts once.
 */
public final class SegmentPooler {
  private SegmentPooler() {}

  /**
   * How many tokens each segment adds.
   *
   * @param firstTokens index of each segment's first token in the text, ascending
   * @param ownTokens tokens of the text in each segment
   */
  public static int[] weights(int[] firstTokens, int[] ownTokens) {
    int[] weights = new int[firstTokens.length];
    int covered = 0;
    for (int i = 0; i < weights.length; i++) {
      int end = firstTokens[i] + ownTokens[i];
      weights[i] = Math.max(0, end - Math.max(covered, firstTokens[i]));
      covered = Math.max(covered, end);
    }
    return weights;
  }

  /**
   * The pooled probabilities.
   *
   * @param probabilities {@code [segments][labels]}, each row summing to 1
   * @param weights one for each segment; where all are 0 (an empty text) every segment counts alike
   */
  public static float[] pool(float[][] probabilities, int[] weights) {
    if (probabilities.length == 1) {
      return probabilities[0].clone();
    }
    long total = 0;
    for (int weight : weights) {
      total += weight;
    }
    double[] sums = new double[probabilities[0].length];
    for (int i = 0; i < probabilities.length; i++) {
      double weight = total == 0 ? 1.0 / probabilities.length : (double) weights[i] / total;
      for (int label = 0; label < sums.length; label++) {
        sums[label] += weight * probabilities[i][label];
      }
    }
    float[] pooled = new float[sums.length];
    for (int label = 0; label < sums.length; label++) {
      pooled[label] = (float) sums[label];
    }
    return pooled;
  }
}
