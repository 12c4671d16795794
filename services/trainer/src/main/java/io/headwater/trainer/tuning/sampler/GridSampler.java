package io.headwater.trainer.tuning.sampler;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.trainer.tuning.space.Dimension;
import io.headwater.trainer.tuning.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All points of a grid, once each, in an order by chance: a search cut short has seen all sides.
 */
public final class GridSampler implements Sampler {
  private static final int MOST = 100_000;

  private final List<List<Double>> axes;
  private final List<Integer> order;

  /**
   * The grid of a space.
   *
   * @throws IllegalArgumentException if it has more points than anyone trains
   */
  public GridSampler(SearchSpace space, long seed) {
    List<List<Double>> all = new ArrayList<>();
    long size = 1;
    for (Dimension dimension : space.dimensions()) {
      List<JsonNode> values = dimension.grid();
      size *= values.size();
      if (size > MOST) {
        throw new IllegalArgumentException(
            "the grid has more than %,d points: give points, step or fewer fields".formatted(MOST));
      }
      all.add(values.stream().map(dimension::position).toList());
    }
    axes = List.copyOf(all);
    order = IntStream.range(0, (int) size).boxed().collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(order, new Random(seed));
  }

  @Override
  public List<Double> next(int trial, List<Observation> seen, RandomGenerator random) {
    int rest = order.get(trial);
    List<Double> point = new ArrayList<>();
    for (List<Double> axis : axes) {
      point.add(axis.get(rest % axis.size()));
      rest /= axis.size();
    }
    return point;
  }

  @Override
  public int limit() {
    return order.size();
  }
}
