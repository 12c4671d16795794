package io.headwater.trainer.sentiment;

import io.headwater.trainer.learning.CurvePoint;
import io.headwater.trainer.learning.Evaluation;
import io.headwater.trainer.page.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A report as one page that needs nothing beside it. */
final class ReportPage {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 240;
  private static final int MARGIN = 48;

  /** A line of a chart. */
  private record Line(String name, String colour, List<double[]> points) {}

  private ReportPage() {}

  static String of(TrainingReport report) {
    List<Evaluation> evaluations = report.outcome().evaluations();
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Training</title>")
        .append("<style>body{font:15px sans-serif;max-width:780px;margin:2em auto}")
        .append("td,th{padding:2px 12px 2px 0;text-align:left}pre{background:#f4f4f4;padding:1em}")
        .append("</style>\n<h1>Training</h1>\n");
    page.append(
        "<p>%d steps%s. Best after %.2f passes.</p>%n"
            .formatted(
                report.outcome().steps(),
                report.outcome().stoppedEarly() ? ", stopped early" : "",
                report.outcome().best().epoch()));
    page.append("<h2>Loss</h2>\n")
        .append(
            chart(
                List.of(
                    new Line("training", "#888", curve(report.outcome().curve())),
                    line("dev", "#c30", evaluations, Evaluation::devLoss))));
    page.append("<h2>Macro-recall, mean of the dev sets</h2>\n")
        .append(chart(List.of(line("dev", "#06c", evaluations, Evaluation::score))));
    page.append("<h2>Against learning by heart</h2>\n").append(table(report.regularisation()));
    page.append("<h2>Weights</h2>\n").append(table(report.numbers()));
    page.append("<h2>Gradients</h2>\n<p>%s</p>%n".formatted(report.gradients().sentence()))
        .append(table(numbers(report.gradients().norms())));
    page.append("<h2>Best, dev</h2>\n").append(table(report.outcome().best().dev()));
    page.append("<h2>Best, test</h2>\n").append(table(report.test()));
    page.append("<h2>Texts</h2>\n<table><tr><th>set<th>texts<th>two-way<th>cut</tr>\n");
    for (TokenizedSets.Count set : report.sets()) {
      page.append(
          "<tr><td>%s<td>%d<td>%s<td>%d</tr>%n"
              .formatted(Html.escape(set.name()), set.rows(), set.twoWay(), set.cut()));
    }
    page.append("</table>\n<h2>Configuration</h2>\n<pre>")
        .append(Html.escape(report.configuration().text()))
        .append("</pre>\n</html>\n");
    return page.toString();
  }

  private static List<double[]> curve(List<CurvePoint> points) {
    return points.stream().map(point -> new double[] {point.epoch(), point.loss()}).toList();
  }

  private static Line line(
      String name,
      String colour,
      List<Evaluation> evaluations,
      ToDoubleFunction<Evaluation> value) {
    List<double[]> points = new ArrayList<>();
    for (Evaluation evaluation : evaluations) {
      points.add(new double[] {evaluation.epoch(), value.applyAsDouble(evaluation)});
    }
    return new Line(name, colour, points);
  }

  private static String chart(List<Line> lines) {
    List<double[]> all = lines.stream().flatMap(line -> line.points().stream()).toList();
    double right = all.stream().mapToDouble(point -> point[0]).max().orElse(1);
    double low = all.stream().mapToDouble(point -> point[1]).min().orElse(0);
    double high = all.stream().mapToDouble(point -> point[1]).max().orElse(1);
    double span = high > low ? high - low : 1;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg width=\"%d\" height=\"%d\" xmlns=\"http://www.w3.org/2000/svg\">%n"
            .formatted(WIDTH, HEIGHT + 2 * 20));
    svg.append(text(0, 16, "%.3f".formatted(high))).append(text(0, HEIGHT, "%.3f".formatted(low)));
    svg.append(text(WIDTH - 120, HEIGHT + 20, "pass %.2f".formatted(right)));
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

  private static Map<String, String> numbers(Map<String, Double> values) {
    Map<String, String> written = new LinkedHashMap<>();
    values.forEach((name, value) -> written.put(name, String.format(Locale.ROOT, "%.3g", value)));
    return written;
  }

  private static String text(int x, int y, String text) {
    return "<text x=\"%d\" y=\"%d\" font-size=\"12\">%s</text>%n".formatted(x, y, text);
  }

  private static String table(Map<String, ?> rows) {
    StringBuilder table = new StringBuilder("<table>\n");
    rows.forEach(
        (name, value) ->
            table.append(
                "<tr><td>%s<td>%s</tr>%n"
                    .formatted(Html.escape(name), Html.escape(String.valueOf(value)))));
    return table.append("</table>\n").toString();
  }
}
