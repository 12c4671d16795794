package io.headwater.trainer.diagnosis;

import java.util.ArrayList;
import java.util.List;

/**
 * How sure a model is against how often it is right, in bins of equal width (Naeini et al. 2015,
 * "Obtaining Well Calibrated Probabilities Using Bayesian Binning"; Guo et al. 2017, "On
 * Calibration of Modern Neural Networks").
 *
 * @param bins from 0 to 1; empty ones too
 * @param error the expected calibration error (ECE): the mean distance of confidence and accuracy
 *     over the bins, weighed by their rows
 */
public record Reliability(List<Bin> bins, double error) {
  private static final int BINS = 15;

  /** Copies the bins. */
  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * A range of confidences.
   *
   * @param from outside the range, but for the first
   * @param to inside the range
   * @param rows in the range
   * @param confidence their mean confidence; 0 for no rows
   * @param accuracy share of them that is right; 0 for no rows
   */
  public record Bin(double from, double to, int rows, double confidence, double accuracy) {}

  /** In the 15 bins of Guo et al. */
  public static Reliability of(Predictions predictions) {
    return of(predictions, BINS);
  }

  static Reliability of(Predictions predictions, int count) {
    int[] rows = new int[count];
    double[] confidence = new double[count];
    int[] right = new int[count];
    for (int row = 0; row < predictions.size(); row++) {
      double sure = predictions.confidence(row);
      int bin = Math.min(count - 1, Math.max(0, (int) Math.ceil(sure * count) - 1));
      rows[bin]++;
      confidence[bin] += sure;
      right[bin] += predictions.right(row) ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    for (int bin = 0; bin < count; bin++) {
      double each = Math.max(1, rows[bin]);
      bins.add(
          new Bin(
              bin / (double) count,
              (bin + 1) / (double) count,
              rows[bin],
              confidence[bin] / each,
              right[bin] / each));
      error += Math.abs(confidence[bin] - right[bin]) / predictions.size();
    }
    return new Reliability(bins, error);
  }
}
