package io.headwater.trainer.lexicon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Choices of things that are not equally likely.
 *
 * @param <T> a thing
 */
final class WeightedChoice<T> {
  private final List<T> things;
  private final double[] upTo;

  /**
   * Draws of one, as often as asked.
   *
   * @param things at least one
   * @param weight of each; positive
   */
  WeightedChoice(List<T> things, ToDoubleFunction<T> weight) {
    if (things.isEmpty()) {
      throw new IllegalArgumentException("nothing to choose from");
    }
    this.things = List.copyOf(things);
    this.upTo = new double[things.size()];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += weight.applyAsDouble(things.get(i));
      upTo[i] = sum;
    }
  }

  /** One of them. */
  T next(RandomGenerator random) {
    double at = random.nextDouble() * upTo[upTo.length - 1];
    int low = 0;
    int high = upTo.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (upTo[middle] > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return things.get(low);
  }

  /**
   * So many different ones, or all, in a random order (Efraimidis and Spirakis 2006, Weighted
   * random sampling with a reservoir: the largest {@code u^(1/weight)}).
   */
  static <T> List<T> some(
      List<T> things, ToDoubleFunction<T> weight, int most, RandomGenerator random) {
    record Drawn<T>(T thing, double key) {}
    List<Drawn<T>> drawn = new ArrayList<>(things.size());
    for (T thing : things) {
      // The logarithm of u^(1/weight): its order, without running out of digits.
      drawn.add(
          new Drawn<>(thing, Math.log(1 - random.nextDouble()) / weight.applyAsDouble(thing)));
    }
    drawn.sort(Comparator.comparingDouble((Drawn<T> one) -> one.key()).reversed());
    return drawn.stream().limit(most).map(Drawn::thing).toList();
  }
}
