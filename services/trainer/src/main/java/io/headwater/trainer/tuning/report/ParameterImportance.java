package io.headwater.trainer.tuning.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How much each parameter decides the metric: a random forest is grown on the trials, and a
 * parameter counts by how much worse the forest predicts trials that a tree has not seen once their
 * values of that parameter are shuffled (Breiman 2001, "Random Forests", section 10).
 *
 * @param shares by parameter, together 1; all 0 if the forest has found nothing
 * @param explained share of the metric's variance that the forest predicts for trials that it has
 *     not seen; where it is near 0 or below, the shares are noise
 */
public record ParameterImportance(List<Double> shares, double explained) {
  /** With fewer trials a forest finds nothing. */
  public static final int LEAST_TRIALS = 10;

  private static final int TREES = 300;

  /** Copies the shares. */
  public ParameterImportance {
    shares = List.copyOf(shares);
  }

  /**
   * Grows the forest. The same trials give the same shares.
   *
   * @param points of the trials, each a position for each parameter
   * @param scores of the trials
   */
  public static ParameterImportance of(List<List<Double>> points, List<Double> scores) {
    int parameters = points.isEmpty() ? 0 : points.get(0).size();
    double[][] rows =
        points.stream()
            .map(point -> point.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    double[] targets = scores.stream().mapToDouble(Double::doubleValue).toArray();
    double mean = Arrays.stream(targets).average().orElse(0);
    double variance = Arrays.stream(targets).map(y -> (y - mean) * (y - mean)).average().orElse(0);
    if (rows.length < LEAST_TRIALS || variance == 0) {
      return new ParameterImportance(zeros(parameters), 0);
    }
    double[] harm = new double[parameters];
    double[] predicted = new double[rows.length];
    int[] times = new int[rows.length];
    Random random = new Random(1);
    for (int i = 0; i < TREES; i++) {
      int[] sample = random.ints(rows.length, 0, rows.length).toArray();
      int[] unseen =
          IntStream.range(0, rows.length)
              .filter(row -> Arrays.stream(sample).noneMatch(one -> one == row))
              .toArray();
      if (unseen.length > 0) {
        RegressionTree tree =
            new RegressionTree(rows, targets, sample, (parameters + 1) / 2, random);
        double[] real = predict(tree, rows, unseen);
        for (int j = 0; j < unseen.length; j++) {
          predicted[unseen[j]] += real[j];
          times[unseen[j]]++;
        }
        for (int column = 0; column < parameters; column++) {
          double[][] shuffled = shuffled(rows, unseen, column, random);
          harm[column] +=
              error(predict(tree, shuffled, unseen), targets, unseen)
                  - error(real, targets, unseen);
        }
      }
    }
    return new ParameterImportance(
        shares(harm), 1 - meanError(predicted, times, targets) / variance);
  }

  private static List<Double> shares(double[] harm) {
    double sum = Arrays.stream(harm).map(one -> Math.max(0, one)).sum();
    return sum == 0
        ? zeros(harm.length)
        : Arrays.stream(harm).map(one -> Math.max(0, one) / sum).boxed().toList();
  }

  private static List<Double> zeros(int count) {
    return IntStream.range(0, count).mapToObj(i -> 0.0).toList();
  }

  private static double meanError(double[] predicted, int[] times, double[] targets) {
    return IntStream.range(0, targets.length)
        .filter(row -> times[row] > 0)
        .mapToDouble(row -> square(predicted[row] / times[row] - targets[row]))
        .average()
        .orElse(0);
  }

  private static double[] predict(RegressionTree tree, double[][] rows, int[] which) {
    return Arrays.stream(which).mapToDouble(row -> tree.predict(rows[row])).toArray();
  }

  private static double error(double[] predicted, double[] targets, int[] which) {
    return IntStream.range(0, which.length)
        .mapToDouble(i -> square(predicted[i] - targets[which[i]]))
        .average()
        .orElse(0);
  }

  private static double[][] shuffled(double[][] rows, int[] which, int column, Random random) {
    double[][] copy = rows.clone();
    List<Double> values = new ArrayList<>();
    Arrays.stream(which).forEach(row -> values.add(rows[row][column]));
    Collections.shuffle(values, random);
    for (int i = 0; i < which.length; i++) {
      copy[which[i]] = rows[which[i]].clone();
      copy[which[i]][column] = values.get(i);
    }
    return copy;
  }

  private static double square(double value) {
    return value * value;
  }
}
