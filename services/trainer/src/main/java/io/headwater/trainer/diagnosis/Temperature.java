package io.headwater.trainer.diagnosis;

import java.util.List;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * Finds the number that logits are divided by so that probabilities fit best (Guo et al. 2017):
 * above 1 the model is too sure, below 1 not sure enough. No prediction changes.
 */
public final class Temperature {
  private static final double COOLEST = 0.05;
  private static final double HOTTEST = 20;
  private static final double ACCURACY = 1e-7;
  private static final int EVALUATIONS = 200;

  private Temperature() {}

  /**
   * The temperature of the highest likelihood, 0.05 to 20. The log-likelihood is concave in {@code
   * 1/T}, so its slope is 0 at one place at most; Brent's method finds it.
   */
  public static double fit(List<Predictions> sets) {
    double low = 1 / HOTTEST;
    double high = 1 / COOLEST;
    if (slope(sets, low) >= 0) {
      return HOTTEST;
    }
    if (slope(sets, high) <= 0) {
      return COOLEST;
    }
    return 1 / new BrentSolver(ACCURACY).solve(EVALUATIONS, beta -> slope(sets, beta), low, high);
  }

  /** Of the log loss by {@code 1/T}: the logit that is expected, less that of the label. */
  private static double slope(List<Predictions> sets, double beta) {
    double slope = 0;
    for (Predictions set : sets) {
      Predictions at = set.at(1 / beta);
      for (int row = 0; row < set.size(); row++) {
        double[] logits = set.logits(row);
        double[] shares = at.shares(row);
        slope -= logits[set.label(row)];
        for (int label = 0; label < logits.length; label++) {
          slope += shares[label] * logits[label];
        }
      }
    }
    return slope;
  }
}
