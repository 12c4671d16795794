package io.headwater.trainer.tuning.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A tree that predicts a number from numbers, grown by the splits that leave the least variance.
 */
final class RegressionTree {
  private static final int SMALLEST_LEAF = 2;

  /** A leaf has no children and column -1. */
  private record Node(int column, double limit, double mean, List<Node> children) {}

  private final double[][] rows;
  private final double[] targets;
  private final int columnsTried;
  private final Random random;
  private final Node root;

  /**
   * Grows a tree.
   *
   * @param rows {@code [row][column]}
   * @param targets {@code [row]}
   * @param sample rows to grow from; one may be there several times
   * @param columnsTried at each split, by chance
   */
  RegressionTree(double[][] rows, double[] targets, int[] sample, int columnsTried, Random random) {
    this.rows = rows;
    this.targets = targets;
    this.columnsTried = columnsTried;
    this.random = random;
    this.root = grow(sample);
  }

  double predict(double[] row) {
    Node node = root;
    while (node.column() >= 0) {
      node = node.children().get(row[node.column()] <= node.limit() ? 0 : 1);
    }
    return node.mean();
  }

  private Node grow(int[] sample) {
    double mean = Arrays.stream(sample).mapToDouble(row -> targets[row]).average().orElse(0);
    Node best = new Node(-1, 0, mean, List.of());
    double least = spread(sample) - 1e-12;
    for (int column : someColumns()) {
      double[] values = Arrays.stream(sample).mapToDouble(row -> rows[row][column]).toArray();
      double[] limits = Arrays.stream(values).sorted().distinct().toArray();
      for (int i = 0; i + 1 < limits.length; i++) {
        double limit = (limits[i] + limits[i + 1]) / 2;
        int[] low = side(sample, column, limit, true);
        int[] high = side(sample, column, limit, false);
        double left = spread(low) + spread(high);
        if (low.length >= SMALLEST_LEAF && high.length >= SMALLEST_LEAF && left < least) {
          least = left;
          best = new Node(column, limit, mean, List.of());
        }
      }
    }
    if (best.column() < 0) {
      return best;
    }
    Node low = grow(side(sample, best.column(), best.limit(), true));
    Node high = grow(side(sample, best.column(), best.limit(), false));
    return new Node(best.column(), best.limit(), mean, List.of(low, high));
  }

  private List<Integer> someColumns() {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < rows[0].length; i++) {
      columns.add(i);
    }
    Collections.shuffle(columns, random);
    return columns.subList(0, columnsTried);
  }

  private int[] side(int[] sample, int column, double limit, boolean low) {
    return Arrays.stream(sample).filter(row -> rows[row][column] <= limit == low).toArray();
  }

  /** The sum of squared distances from the mean. */
  private double spread(int[] sample) {
    double mean = Arrays.stream(sample).mapToDouble(row -> targets[row]).average().orElse(0);
    return Arrays.stream(sample)
        .mapToDouble(row -> (targets[row] - mean) * (targets[row] - mean))
        .sum();
  }
}
