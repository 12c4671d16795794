package io.headwater.trainer.page;

import java.util.List;
import java.util.Locale;

/** Lines over the passes of a training, as SVG. */
public final class LineChart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 240;
  private static final int MARGIN = 48;

  /**
   * A line.
   *
   * @param colour in the words of CSS
   * @param points pass and value
   */
  public record Line(String name, String colour, List<double[]> points) {
    /** Copies the list. */
    public Line {
      points = List.copyOf(points);
    }
  }

  private LineChart() {}

  /** The lines in one chart. */
  public static String of(List<Line> lines) {
    List<double[]> all = lines.stream().flatMap(line -> line.points().stream()).toList();
    double right = all.stream().mapToDouble(point -> point[0]).max().orElse(1);
    double low = all.stream().mapToDouble(point -> point[1]).min().orElse(0);
    double high = all.stream().mapToDouble(point -> point[1]).max().orElse(1);
    double span = high > low ? high - low : 1;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg width=\"%d\" height=\"%d\" xmlns=\"http://www.w3.org/2000/svg\">%n"
            .formatted(WIDTH, HEIGHT + 2 * 20));
    svg.append(text(0, 16, number("%.3f", high))).append(text(0, HEIGHT, number("%.3f", low)));
    svg.append(text(WIDTH - 120, HEIGHT + 20, number("pass %.2f", right)));
    int legend = MARGIN;
    for (Line line : lines) {
      StringBuilder path = new StringBuilder();
      for (double[] point : line.points()) {
        double x = MARGIN + point[0] / right * (WIDTH - MARGIN - 10);
        double y = 12 + (high - point[1]) / span * (HEIGHT - 16);
        path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        svg.append(
            String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\" fill=\"%s\"/>%n",
                x,
                y,
                line.colour()));
      }
      svg.append(
          "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>%n"
              .formatted(line.colour(), path.toString().strip()));
      svg.append(
          "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n"
              .formatted(legend, HEIGHT + 20, line.colour(), Html.escape(line.name())));
      legend += 100;
    }
    return svg.append("</svg>\n").toString();
  }

  private static String text(int x, int y, String text) {
    return "<text x=\"%d\" y=\"%d\" font-size=\"12\">%s</text>%n".formatted(x, y, text);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
