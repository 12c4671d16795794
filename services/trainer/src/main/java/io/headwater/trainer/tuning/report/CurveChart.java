package io.headwater.trainer.tuning.report;

import io.headwater.trainer.page.Html;
import io.headwater.trainer.tuning.CurvePoint;
import io.headwater.trainer.tuning.TrialRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A metric over the epochs, a line for each trial. */
final class CurveChart {
  private static final double WIDTH = 900;
  private static final double HEIGHT = 320;
  private static final double LEFT = 70;
  private static final double BOTTOM = 45;
  private static final double MARGIN = 12;

  private final String metric;
  private final TrialColours colours;
  private final List<TrialRecord> trials;

  /** A drawing of the trials, each with its last record. */
  CurveChart(String metric, TrialColours colours, List<TrialRecord> trials) {
    this.metric = metric;
    this.colours = colours;
    this.trials = colours.inOrder(trials);
  }

  /** The drawing; empty if no trial has measured the metric. */
  String draw() {
    double[] values =
        trials.stream()
            .flatMap(record -> points(record).stream())
            .mapToDouble(point -> value(point.metrics()))
            .sorted()
            .toArray();
    if (values.length == 0) {
      return "";
    }
    double longest =
        trials.stream()
            .flatMap(record -> points(record).stream())
            .mapToDouble(CurvePoint::epochs)
            .max()
            .orElse(1);
    Axis across = new Axis(0, longest, LEFT, WIDTH - MARGIN);
    Axis up = new Axis(lowest(values), highest(values), HEIGHT - BOTTOM, MARGIN);
    Svg svg = new Svg(WIDTH, HEIGHT, metric + " of each trial over the epochs");
    for (double tick : up.ticks()) {
      svg.line(LEFT, up.at(tick), WIDTH - MARGIN, up.at(tick), "grid");
      svg.label(LEFT - 8, up.at(tick) + 4, "end", Axis.text(tick));
    }
    for (double tick : across.ticks()) {
      svg.line(across.at(tick), HEIGHT - BOTTOM, across.at(tick), HEIGHT - BOTTOM + 5, "axis");
      svg.label(across.at(tick), HEIGHT - BOTTOM + 19, "middle", Axis.text(tick));
    }
    svg.line(LEFT, HEIGHT - BOTTOM, WIDTH - MARGIN, HEIGHT - BOTTOM, "axis");
    svg.label((LEFT + WIDTH) / 2, HEIGHT - 8, "middle", "epochs");
    trials.forEach(record -> draw(svg, record, across, up));
    return svg.end();
  }

  private void draw(Svg svg, TrialRecord record, Axis across, Axis up) {
    List<CurvePoint> points = points(record);
    if (points.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder();
    for (CurvePoint point : points) {
      line.append(Axis.text(across.at(point.epochs())))
          .append(',')
          .append(Axis.text(clipped(up, value(point.metrics()))))
          .append(' ');
    }
    CurvePoint last = points.get(points.size() - 1);
    svg.add(
        "<g><title>trial %d: %s %.4f</title>",
        record.trial(), Html.escape(metric), value(last.metrics()));
    svg.add(
        "<polyline fill='none' %s points='%s'/>", colours.style(record), line.toString().trim());
    svg.add(
        "<circle cx='%.1f' cy='%.1f' r='3.5' fill='%s'/></g>",
        across.at(last.epochs()), clipped(up, value(last.metrics())), colours.fill(record));
  }

  private List<CurvePoint> points(TrialRecord record) {
    List<CurvePoint> points =
        record.curve().stream().filter(point -> point.metrics().containsKey(metric)).toList();
    return points.isEmpty() && record.metrics().containsKey(metric)
        ? List.of(new CurvePoint(record.epochs(), record.metrics()))
        : points;
  }

  private double value(Map<String, Double> metrics) {
    return metrics.getOrDefault(metric, 0.0);
  }

  private static double clipped(Axis up, double value) {
    return up.at(Math.min(up.high(), Math.max(up.low(), value)));
  }

  /** A training that ran away must not press all others into one line. */
  private static double highest(double[] sorted) {
    double middle = quantile(sorted, 0.5);
    double far = quantile(sorted, 0.9) + 2 * (quantile(sorted, 0.9) - middle);
    double highest = sorted[sorted.length - 1];
    return highest > far && far > middle ? far : highest;
  }

  private static double lowest(double[] sorted) {
    double middle = quantile(sorted, 0.5);
    double far = quantile(sorted, 0.1) - 2 * (middle - quantile(sorted, 0.1));
    return sorted[0] < far && far < middle
        ? Arrays.stream(sorted).filter(value -> value >= far).findFirst().orElse(far)
        : sorted[0];
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
