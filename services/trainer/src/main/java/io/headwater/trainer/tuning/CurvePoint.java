package io.headwater.trainer.tuning;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a training measured on its way.
 *
 * @param epochs passes over the data so far
 * @param metrics by name, such as {@code dev.macroRecall} and {@code train.loss}
 */
public record CurvePoint(double epochs, Map<String, Double> metrics) {

  /** Copies the metrics. */
  public CurvePoint {
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
  }
}
