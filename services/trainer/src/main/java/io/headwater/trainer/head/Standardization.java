package io.headwater.trainer.head;

import io.headwater.trainer.data.Features;
import java.util.List;

/**
 * Makes each feature vary about zero by one, as training likes it. Folded into the weights in the
 * end, so that no graph needs to know.
 */
final class Standardization {

  private static final double SMALLEST_SPREAD = 1e-6;

  private final float[] mean;
  private final float[] scale;

  /** Measures the features of all sets together. */
  Standardization(List<Features> sets) {
    int width = sets.get(0).width();
    double[] sum = new double[width];
    double[] squares = new double[width];
    long count = 0;
    for (Features set : sets) {
      count += set.rows().length;
      for (float[] row : set.rows()) {
        for (int i = 0; i < width; i++) {
          sum[i] += row[i];
          squares[i] += (double) row[i] * row[i];
        }
      }
    }
    this.mean = new float[width];
    this.scale = new float[width];
    for (int i = 0; i < width; i++) {
      double average = sum[i] / count;
      double variance = Math.max(0, squares[i] / count - average * average);
      mean[i] = (float) average;
      double spread = Math.sqrt(variance);
      // A feature that never varies tells nothing, and its folded weight would drown the others.
      scale[i] = spread < SMALLEST_SPREAD ? 0 : (float) (1 / (spread + SMALLEST_SPREAD));
    }
  }

  /** Writes a standardized row into another array. */
  void apply(float[] row, float[] target) {
    for (int i = 0; i < row.length; i++) {
      target[i] = (row[i] - mean[i]) * scale[i];
    }
  }

  /** Changes the first layer so that it reads raw features as it read standardized ones. */
  void foldInto(float[] hiddenWeights, float[] hiddenBias) {
    int hidden = hiddenBias.length;
    for (int k = 0; k < hidden; k++) {
      double shift = 0;
      for (int i = 0; i < mean.length; i++) {
        float folded = hiddenWeights[i * hidden + k] * scale[i];
        hiddenWeights[i * hidden + k] = folded;
        shift += (double) folded * mean[i];
      }
      hiddenBias[k] -= (float) shift;
    }
  }
}
