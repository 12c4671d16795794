package io.headwater.trainer.tuning;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a training.
 *
 * @param metrics of the model that it kept, by name; on the dev sets, never the test sets
 * @param curve what it measured on its way, in order, from its first epoch
 */
public record TrialResult(Map<String, Double> metrics, List<CurvePoint> curve) {

  /** Copies both. */
  public TrialResult {
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    curve = List.copyOf(curve);
  }
}
