package io.headwater.trainer.tuning.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A bar for each parameter, the longest first. */
final class ImportanceChart {
  private static final double WIDTH = 900;
  private static final double ROW = 28;
  private static final double LEFT = 290;

  private ImportanceChart() {}

  static String draw(List<String> names, ParameterImportance importance) {
    List<Double> shares = importance.shares();
    List<Integer> order =
        IntStream.range(0, names.size())
            .boxed()
            .sorted(Comparator.comparingDouble(shares::get).reversed())
            .toList();
    double most = Math.max(1e-9, shares.stream().mapToDouble(Double::doubleValue).max().orElse(1));
    Svg svg = new Svg(WIDTH, ROW * names.size() + 8, "importance of each parameter");
    for (int row = 0; row < order.size(); row++) {
      int index = order.get(row);
      double length = shares.get(index) / most * (WIDTH - LEFT - 70);
      double y = row * ROW + 6;
      svg.label(LEFT - 10, y + 15, "end", names.get(index));
      svg.add(
          "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' class='bar'/>",
          LEFT, y, Math.max(1, length), ROW - 8);
      svg.label(
          LEFT + length + 8,
          y + 15,
          "start",
          String.format(Locale.ROOT, "%.0f %%", 100 * shares.get(index)));
    }
    return svg.end();
  }
}
