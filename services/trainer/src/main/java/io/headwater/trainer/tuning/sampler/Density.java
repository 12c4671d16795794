package io.headwater.trainer.tuning.sampler;

import java.util.random.RandomGenerator;

/** How likely positions between 0 and 1 are, judged by those that were seen. */
interface Density {

  /** A position, by chance. */
  double draw(RandomGenerator random);

  /** The logarithm of the density at a position. */
  double log(double position);
}
