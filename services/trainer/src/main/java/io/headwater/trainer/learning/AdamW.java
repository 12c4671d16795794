package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015) with decay and L1 apart from the gradient, so that a weight with large
 * gradients shrinks no less than the others (Loshchilov and Hutter 2019, "Decoupled Weight Decay
 * Regularization"). Belongs to one thread.
 */
final class AdamW {
  private static final float FIRST_DECAY = 0.9f;
  private static final float SECOND_DECAY = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final WeightArrays weights;
  private final Regularisation regularisation;
  private final Map<String, NDArray> first = new LinkedHashMap<>();
  private final Map<String, NDArray> second = new LinkedHashMap<>();

  /**
   * An optimizer that has made no step.
   *
   * @param manager owns its two averages of every trained weight
   */
  AdamW(WeightArrays weights, Regularisation regularisation, NDManager manager) {
    this.weights = weights;
    this.regularisation = regularisation;
    weights
        .trained()
        .forEach(
            (name, weight) -> {
              first.put(name, manager.zeros(weight.getShape()));
              second.put(name, manager.zeros(weight.getShape()));
            });
  }

  /** The averages of the gradients and of their squares, by name, for a checkpoint. */
  Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    first.forEach((name, array) -> state.put("first." + name, array));
    second.forEach((name, array) -> state.put("second." + name, array));
    return state;
  }

  /** The norm of each weight's gradient, by name. */
  Map<String, Double> gradientNorms() {
    Map<String, Double> norms = new LinkedHashMap<>();
    for (Map.Entry<String, NDArray> weight : weights.trained().entrySet()) {
      try (NDArray gradient = weight.getValue().getGradient();
          NDArray square = gradient.square();
          NDArray total = square.sum()) {
        norms.put(weight.getKey(), Math.sqrt(total.getFloat()));
      }
    }
    return norms;
  }

  /**
   * Changes every trained weight by its gradient, and clears the gradients.
   *
   * @param step from 1
   * @param norm of all gradients together
   */
  void step(long step, double rate, float norm) {
    double clip = regularisation.clip();
    float scale = clip == 0 ? 1 : (float) Math.min(1, clip / (norm + 1e-6));
    double firstCorrection = 1 - Math.pow(FIRST_DECAY, (double) step);
    double secondCorrection = 1 - Math.pow(SECOND_DECAY, (double) step);
    float stepSize = (float) (rate / firstCorrection);
    float root = (float) Math.sqrt(secondCorrection);
    for (Map.Entry<String, NDArray> entry : weights.trained().entrySet()) {
      NDArray weight = entry.getValue();
      if (weights.shrinks(entry.getKey())) {
        shrink(weight, rate);
      }
      try (NDArray gradient = weight.getGradient()) {
        if (scale < 1) {
          gradient.muli(scale);
        }
        average(entry.getKey(), gradient);
        change(entry.getKey(), weight, stepSize, root);
        gradient.muli(0);
      }
      if (weights.shrinks(entry.getKey()) && regularisation.l1() > 0) {
        moveToZero(weight, (float) (rate * regularisation.l1()));
      }
    }
  }

  private void shrink(NDArray weight, double rate) {
    if (regularisation.weightDecay() > 0) {
      weight.muli((float) (1 - rate * regularisation.weightDecay()));
    }
  }

  private void average(String name, NDArray gradient) {
    NDArray mean = of(first, name);
    NDArray spread = of(second, name);
    mean.muli(FIRST_DECAY);
    try (NDArray share = gradient.mul(1 - FIRST_DECAY)) {
      mean.addi(share);
    }
    spread.muli(SECOND_DECAY);
    try (NDArray square = gradient.square()) {
      square.muli(1 - SECOND_DECAY);
      spread.addi(square);
    }
  }

  private void change(String name, NDArray weight, float stepSize, float correction) {
    try (NDArray root = of(second, name).sqrt()) {
      root.divi(correction);
      root.addi(EPSILON);
      try (NDArray change = of(first, name).div(root)) {
        change.muli(stepSize);
        weight.subi(change);
      }
    }
  }

  private static void moveToZero(NDArray weight, float distance) {
    try (NDArray size = weight.abs();
        NDArray less = size.sub(distance);
        NDArray left = less.maximum(0f);
        NDArray sign = weight.sign()) {
      weight.muli(0);
      sign.muli(left);
      weight.addi(sign);
    }
  }

  private static NDArray of(Map<String, NDArray> averages, String name) {
    NDArray array = averages.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no trained weight is called " + name);
    }
    return array;
  }
}
