package io.headwater.trainer.tuning.sampler;

import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The mean of a uniform density and of one bell curve for each position that was seen, cut off at 0
 * and 1. A bell is as wide as the way to its farther neighbour (Bergstra et al. 2011, section 4.1).
 */
final class ParzenDensity implements Density {
  /** The narrowest bell: narrower ones would ask for the same point again and again. */
  private static final double NARROWEST = 0.01;

  private final double[] centres;
  private final double[] widths;
  private final double[] inside;

  ParzenDensity(List<Double> seen) {
    centres = seen.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    widths = new double[centres.length];
    inside = new double[centres.length];
    double narrowest = Math.max(NARROWEST, 1.0 / (1 + centres.length));
    for (int i = 0; i < centres.length; i++) {
      // The bounds are no neighbours: a few good points near one would have too wide a bell.
      double left = i == 0 ? 0 : centres[i] - centres[i - 1];
      double right = i == centres.length - 1 ? 0 : centres[i + 1] - centres[i];
      widths[i] = Math.max(narrowest, Math.max(left, right));
      inside[i] = bell(i).probability(0, 1);
    }
  }

  @Override
  public double draw(RandomGenerator random) {
    int component = random.nextInt(centres.length + 1);
    if (component == centres.length) {
      return random.nextDouble();
    }
    double position;
    do {
      position = centres[component] + widths[component] * random.nextGaussian();
    } while (position < 0 || position > 1);
    return position;
  }

  @Override
  public double log(double position) {
    double sum = 1;
    for (int i = 0; i < centres.length; i++) {
      sum += bell(i).density(position) / inside[i];
    }
    return Math.log(sum / (centres.length + 1));
  }

  private NormalDistribution bell(int i) {
    return new NormalDistribution(null, centres[i], widths[i]);
  }
}
