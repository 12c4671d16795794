package io.headwater.trainer.tuning.sampler;

import java.util.List;

/**
 * What came of a point.
 *
 * @param point a position between 0 and 1 in each dimension
 * @param score higher is better; negative infinity where the trial failed
 */
public record Observation(List<Double> point, double score) {

  /** Copies the point. */
  public Observation {
    point = List.copyOf(point);
  }
}
