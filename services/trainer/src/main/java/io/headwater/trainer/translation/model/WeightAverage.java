package io.headwater.trainer.translation.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A running mean of the weights, which is steadier than the last ones (Polyak and Juditsky 1992,
 * "Acceleration of Stochastic Approximation by Averaging"): old weights fade with the number of
 * times that new ones were added. Belongs to one thread.
 */
public final class WeightAverage {
  private static final float DECAY = 0.98f;

  private final Parameters parameters;
  private final Map<String, NDArray> means = new LinkedHashMap<>();

  /**
   * A mean that begins with the weights as they are.
   *
   * @param manager owns the mean
   */
  public WeightAverage(Parameters parameters, NDManager manager) {
    this.parameters = parameters;
    parameters
        .all()
        .forEach(
            (name, weight) -> {
              NDArray mean = manager.zeros(weight.getShape());
              mean.addi(weight);
              means.put(name, mean);
            });
  }

  /**
   * Adds the weights as they are now.
   *
   * @param times how often weights were added before: the first ones are soon forgotten
   */
  public void add(long times) {
    float keep = Math.min(DECAY, (times + 1f) / (times + 10f));
    means.forEach(
        (name, mean) -> {
          mean.muli(keep);
          try (NDArray share = parameters.get(name).mul(1 - keep)) {
            mean.addi(share);
          }
        });
  }

  /** The means by name, for a checkpoint. */
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    means.forEach((name, mean) -> state.put("mean." + name, mean));
    return state;
  }

  /** A network's weights with the means in their place. */
  public Parameters asParameters() {
    return parameters.with(means);
  }
}
