package io.headwater.trainer.tuning.sampler;

import io.headwater.trainer.tuning.space.Dimension;
import io.headwater.trainer.tuning.space.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The tree of Parzen estimators (Bergstra et al. 2011, "Algorithms for Hyper-Parameter
 * Optimization"): in each dimension one density of the good points and one of the others; of some
 * positions drawn from the good one, that is tried where good is likeliest against other.
 */
public final class TreeParzenSampler implements Sampler {
  /** Points by chance before anything is concluded from them. */
  public static final int FIRST_BY_CHANCE = 10;

  private static final double GOOD_SHARE = 0.15;
  private static final int MOST_GOOD = 25;
  private static final int CANDIDATES = 24;

  private final SearchSpace space;
  private final Sampler chance;

  /** A sampler of a space. */
  public TreeParzenSampler(SearchSpace space) {
    this.space = space;
    this.chance = new RandomSampler(space.dimensions().size());
  }

  @Override
  public List<Double> next(int trial, List<Observation> seen, RandomGenerator random) {
    if (seen.size() < FIRST_BY_CHANCE) {
      return chance.next(trial, seen, random);
    }
    List<Observation> ranked =
        seen.stream().sorted(Comparator.comparingDouble(Observation::score).reversed()).toList();
    int good = Math.min(MOST_GOOD, (int) Math.ceil(GOOD_SHARE * ranked.size()));
    List<Double> point = new ArrayList<>();
    for (int i = 0; i < space.dimensions().size(); i++) {
      Dimension dimension = space.dimensions().get(i);
      Density likely = density(dimension, i, ranked.subList(0, good));
      Density other = density(dimension, i, ranked.subList(good, ranked.size()));
      point.add(best(likely, other, random));
    }
    return point;
  }

  private static double best(Density likely, Density other, RandomGenerator random) {
    double best = 0;
    double gain = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES; i++) {
      double candidate = likely.draw(random);
      double its = likely.log(candidate) - other.log(candidate);
      if (its > gain) {
        gain = its;
        best = candidate;
      }
    }
    return best;
  }

  private static Density density(Dimension dimension, int index, List<Observation> points) {
    List<Double> positions = points.stream().map(seen -> seen.point().get(index)).toList();
    return dimension.choices() > 0
        ? new ChoiceDensity(positions, dimension.choices())
        : new ParzenDensity(positions);
  }
}
