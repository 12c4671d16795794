package io.headwater.trainer.learning;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A point of the curve of a training.
 *
 * @param epoch passes done, with the part of the one under way
 * @param step steps of the optimizer
 * @param loss mean training loss since the point before
 * @param rate learning rate
 * @param gradientNorm of the last step, before clipping
 * @param layers the same for each layer, in the order of the network
 */
public record CurvePoint(
    double epoch,
    long step,
    double loss,
    double rate,
    double gradientNorm,
    Map<String, Double> layers) {
  /** Copies the norms. */
  public CurvePoint {
    layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
  }
}
