package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A running mean of the trained weights, which is steadier than the last ones (Polyak and Juditsky
 * 1992, "Acceleration of Stochastic Approximation by Averaging"). Belongs to one thread.
 */
final class RunningMean {
  private final Map<String, NDArray> weights;
  private final double keep;
  private final Map<String, NDArray> means = new LinkedHashMap<>();

  /**
   * A mean that begins with the weights as they are.
   *
   * @param keep how much of the mean a step keeps; 0 makes it the weights themselves, without
   *     memory of its own
   * @param manager owns the mean
   */
  RunningMean(Map<String, NDArray> weights, double keep, NDManager manager) {
    this.weights = weights;
    this.keep = keep;
    if (keep > 0) {
      weights.forEach(
          (name, weight) -> {
            NDArray mean = manager.zeros(weight.getShape());
            mean.addi(weight);
            means.put(name, mean);
          });
    }
  }

  /**
   * Adds the weights as they are now.
   *
   * @param step from 1: the first ones are soon forgotten
   */
  void add(long step) {
    float kept = (float) Math.min(keep, (step + 1.0) / (step + 10.0));
    means.forEach(
        (name, mean) -> {
          NDArray weight = weights.get(name);
          if (weight != null) {
            mean.muli(kept);
            try (NDArray share = weight.mul(1 - kept)) {
              mean.addi(share);
            }
          }
        });
  }

  /** The mean of each trained weight. */
  Map<String, NDArray> means() {
    return keep > 0 ? means : weights;
  }

  /** The means by name, for a checkpoint. */
  Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    means.forEach((name, mean) -> state.put("mean." + name, mean));
    return state;
  }
}
