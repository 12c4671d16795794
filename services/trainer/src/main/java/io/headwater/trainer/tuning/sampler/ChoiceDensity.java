package io.headwater.trainer.tuning.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** The share of each of several choices among those that were seen, each counted once more. */
final class ChoiceDensity implements Density {
  private final double[] shares;

  ChoiceDensity(List<Double> seen, int choices) {
    shares = new double[choices];
    double one = 1.0 / (seen.size() + choices);
    Arrays.fill(shares, one);
    for (double position : seen) {
      shares[index(position)] += one;
    }
  }

  @Override
  public double draw(RandomGenerator random) {
    double left = random.nextDouble();
    int choice = 0;
    while (choice < shares.length - 1 && left >= shares[choice]) {
      left -= shares[choice];
      choice++;
    }
    return (choice + 0.5) / shares.length;
  }

  @Override
  public double log(double position) {
    return Math.log(shares[index(position)]);
  }

  private int index(double position) {
    return Math.min(shares.length - 1, (int) (position * shares.length));
  }
}
