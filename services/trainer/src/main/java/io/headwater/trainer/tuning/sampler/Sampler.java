package io.headwater.trainer.tuning.sampler;

import java.util.List;
import java.util.random.RandomGenerator;

/** Chooses the points of a space that are tried. Same arguments, same point. */
public interface Sampler {

  /**
   * The point of a trial.
   *
   * @param trial its number, from 0, below {@code limit}
   * @param seen what came of earlier ones
   * @param random of this trial alone
   */
  List<Double> next(int trial, List<Observation> seen, RandomGenerator random);

  /** How many points there are at most. */
  default int limit() {
    return Integer.MAX_VALUE;
  }
}
