package io.headwater.trainer.learning;

import java.util.List;
import java.util.Objects;

/**
 * What came of a training.
 *
 * @param best the evaluation of the weights that were kept
 * @param evaluations all of them, in order
 * @param curve the loss over time
 * @param steps of the optimizer
 * @param stoppedEarly whether it ended because nothing got better any more
 */
public record Outcome(
    Evaluation best,
    List<Evaluation> evaluations,
    List<CurvePoint> curve,
    long steps,
    boolean stoppedEarly) {
  /** Copies the lists. */
  public Outcome {
    Objects.requireNonNull(best, "best");
    evaluations = List.copyOf(evaluations);
    curve = List.copyOf(curve);
  }
}
