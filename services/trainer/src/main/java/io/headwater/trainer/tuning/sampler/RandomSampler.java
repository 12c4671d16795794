package io.headwater.trainer.tuning.sampler;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/** Every point as likely as any other. */
public final class RandomSampler implements Sampler {
  private final int dimensions;

  /** A sampler of points with so many positions. */
  public RandomSampler(int dimensions) {
    this.dimensions = dimensions;
  }

  @Override
  public List<Double> next(int trial, List<Observation> seen, RandomGenerator random) {
    return DoubleStream.generate(random::nextDouble).limit(dimensions).boxed().toList();
  }
}
