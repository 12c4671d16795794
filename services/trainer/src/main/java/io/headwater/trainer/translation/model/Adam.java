package io.headwater.trainer.translation.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015, "Adam: A Method for Stochastic Optimization") with the gradients
 * clipped by their common norm (Pascanu et al. 2013, "On the Difficulty of Training Recurrent
 * Neural Networks"). Belongs to one thread.
 */
public final class Adam {
  private static final float FIRST_DECAY = 0.9f;
  private static final float SECOND_DECAY = 0.98f;
  private static final float EPSILON = 1e-9f;

  private final Parameters parameters;
  private final float maxNorm;
  private final Map<String, NDArray> first = new LinkedHashMap<>();
  private final Map<String, NDArray> second = new LinkedHashMap<>();
  private long steps;

  /**
   * An optimizer that has made no step.
   *
   * @param maxNorm largest norm of all gradients together
   * @param manager owns its two averages of every weight
   */
  public Adam(Parameters parameters, float maxNorm, NDManager manager) {
    this.parameters = parameters;
    this.maxNorm = maxNorm;
    parameters
        .all()
        .forEach(
            (name, weight) -> {
              first.put(name, manager.zeros(weight.getShape()));
              second.put(name, manager.zeros(weight.getShape()));
            });
  }

  /** Steps made. */
  public long steps() {
    return steps;
  }

  /** The averages of the gradients and of their squares, by name, for a checkpoint. */
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    first.forEach((name, array) -> state.put("first." + name, array));
    second.forEach((name, array) -> state.put("second." + name, array));
    return state;
  }

  /** Goes on from a checkpoint whose arrays were copied into {@link #state}. */
  public void resume(long stepsMade) {
    this.steps = stepsMade;
  }

  /**
   * Changes every weight by its gradient, and clears the gradients.
   *
   * @return the gradients' norm before clipping
   */
  public float step(float rate, NDManager parent) {
    steps++;
    try (NDManager manager = parent.newSubManager()) {
      float norm = norm(manager);
      float scale = Math.min(1, maxNorm / (norm + 1e-6f));
      double firstCorrection = 1 - Math.pow(FIRST_DECAY, (double) steps);
      double secondCorrection = 1 - Math.pow(SECOND_DECAY, (double) steps);
      float stepSize = (float) (rate * Math.sqrt(secondCorrection) / firstCorrection);
      parameters.all().forEach((name, weight) -> update(name, weight, scale, stepSize));
      return norm;
    }
  }

  private float norm(NDManager manager) {
    NDArray sum = manager.create(0f);
    for (NDArray weight : parameters.all().values()) {
      try (NDArray gradient = weight.getGradient();
          NDArray square = gradient.square();
          NDArray total = square.sum()) {
        sum.addi(total);
      }
    }
    return (float) Math.sqrt(sum.getFloat());
  }

  private void update(String name, NDArray weight, float scale, float stepSize) {
    NDArray average = state(first, name);
    NDArray spread = state(second, name);
    try (NDArray gradient = weight.getGradient()) {
      gradient.muli(scale);
      average.muli(FIRST_DECAY);
      try (NDArray share = gradient.mul(1 - FIRST_DECAY)) {
        average.addi(share);
      }
      spread.muli(SECOND_DECAY);
      try (NDArray square = gradient.square()) {
        square.muli(1 - SECOND_DECAY);
        spread.addi(square);
      }
      try (NDArray root = spread.sqrt()) {
        root.addi(EPSILON);
        try (NDArray change = average.div(root)) {
          change.muli(stepSize);
          weight.subi(change);
        }
      }
      gradient.muli(0);
    }
  }

  private static NDArray state(Map<String, NDArray> averages, String name) {
    NDArray array = averages.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no weight is called " + name);
    }
    return array;
  }
}
