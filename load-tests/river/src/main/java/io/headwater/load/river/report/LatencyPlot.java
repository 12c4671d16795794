package io.headwater.load.river.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latency by percentile; towards the right each step is ten times rarer. */
public final class LatencyPlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int TOP = 60;
  private static final int BOTTOM = 40;
  private static final double DECADES = 3;
  private static final int STEPS = 90;
  private static final List<String> COLOURS =
      List.of("#1f6fb2", "#c2571a", "#3b8f4c", "#8a4fa3", "#777777");

  private LatencyPlot() {}

  /**
   * Draws one curve for each.
   *
   * @param latencies in microseconds, by name, in order
   */
  public static String svg(String title, Map<String, Histogram> latencies) {
    double most =
        latencies.values().stream().mapToDouble(each -> each.getMaxValue() / 1e3).max().orElse(1);
    double top = Math.max(1, most * 1.05);
    Svg svg = new Svg(WIDTH, HEIGHT);
    svg.text(WIDTH / 2.0, 22, "middle", title);
    grid(svg, top);
    int index = 0;
    for (Map.Entry<String, Histogram> each : latencies.entrySet()) {
      String colour = COLOURS.get(index % COLOURS.size());
      svg.path(points(each.getValue(), top), colour);
      double x = LEFT + index * (WIDTH - LEFT - RIGHT) / (double) latencies.size();
      svg.box(x, 36, 10, 10, colour);
      svg.text(x + 14, 46, "start", each.getKey());
      index++;
    }
    return svg.file();
  }

  private static void grid(Svg svg, double top) {
    for (double percentile : new double[] {0, 50, 90, 99, 99.9}) {
      double x = x(percentile);
      svg.line(x, TOP, x, HEIGHT - BOTTOM, "#dddddd");
      svg.text(
          x,
          HEIGHT - BOTTOM + 18,
          "middle",
          "p" + Double.toString(percentile).replaceAll("\\.0$", ""));
    }
    for (int step = 0; step <= 4; step++) {
      double value = top * step / 4;
      double y = y(value, top);
      svg.line(LEFT, y, WIDTH - RIGHT, y, "#dddddd");
      svg.text(LEFT - 6, y + 4, "end", String.format(Locale.ROOT, "%.0f ms", value));
    }
  }

  private static String points(Histogram latencies, double top) {
    StringBuilder points = new StringBuilder();
    for (int step = 0; step <= STEPS; step++) {
      double percentile = 100 - 100 * Math.pow(10, -DECADES * step / STEPS);
      double millis = latencies.getValueAtPercentile(percentile) / 1e3;
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(percentile), y(millis, top)));
    }
    return points.toString().strip();
  }

  private static double x(double percentile) {
    double decades = -Math.log10(Math.max(1e-9, 1 - percentile / 100));
    return LEFT + Math.min(1, decades / DECADES) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double millis, double top) {
    return HEIGHT - BOTTOM - millis / top * (HEIGHT - TOP - BOTTOM);
  }
}
