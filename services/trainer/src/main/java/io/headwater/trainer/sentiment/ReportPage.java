package io.headwater.trainer.sentiment;

import io.headwater.trainer.learning.CurvePoint;
import io.headwater.trainer.learning.Evaluation;
import io.headwater.trainer.page.Html;
import io.headwater.trainer.page.LineChart;
import io.headwater.trainer.page.LineChart.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A report as one page that needs nothing beside it. */
final class ReportPage {
  private ReportPage() {}

  static String of(TrainingReport report) {
    List<Evaluation> evaluations = report.outcome().evaluations();
    StringBuilder page = new StringBuilder();
    page.append(Html.head("Training"));
    page.append(
        "<p>%d steps%s. Best after %.2f passes.</p>%n"
            .formatted(
                report.outcome().steps(),
                report.outcome().stoppedEarly() ? ", stopped early" : "",
                report.outcome().best().epoch()));
    page.append("<h2>Loss</h2>\n")
        .append(
            LineChart.of(
                List.of(
                    new Line("training", "#888", curve(report.outcome().curve())),
                    line("dev", "#c30", evaluations, Evaluation::devLoss))));
    page.append("<h2>Macro-recall, mean of the dev sets</h2>\n")
        .append(LineChart.of(List.of(line("dev", "#06c", evaluations, Evaluation::score))));
    page.append("<h2>Against learning by heart</h2>\n").append(Html.table(report.regularisation()));
    page.append("<h2>Weights</h2>\n").append(Html.table(report.numbers()));
    page.append("<h2>Gradients</h2>\n<p>%s</p>%n".formatted(report.gradients().sentence()))
        .append(Html.table(Html.numbers(report.gradients().norms())));
    page.append("<h2>Best, dev</h2>\n").append(Html.table(report.outcome().best().dev()));
    page.append("<h2>Best, test</h2>\n").append(Html.table(report.test()));
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
}
