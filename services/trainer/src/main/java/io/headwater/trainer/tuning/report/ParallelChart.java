package io.headwater.trainer.tuning.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.trainer.page.Html;
import io.headwater.trainer.tuning.TrialRecord;
import io.headwater.trainer.tuning.TuningPlan;
import io.headwater.trainer.tuning.space.Dimension;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Parallel coordinates: an axis for each parameter and one for the metric, a line for each trial.
 */
final class ParallelChart {
  private static final double HEIGHT = 380;
  private static final double TOP = 62;
  private static final double BOTTOM = 345;
  private static final double SIDE = 110;
  private static final double APART = 170;
  private static final int MOST_LABELS = 8;

  private final TuningPlan plan;
  private final TrialColours colours;
  private final List<TrialRecord> trials;

  /** A drawing of the trials, each with its best record. */
  ParallelChart(TuningPlan plan, TrialColours colours, List<TrialRecord> trials) {
    this.plan = plan;
    this.colours = colours;
    this.trials = colours.inOrder(trials);
  }

  String draw() {
    List<Dimension> dimensions = plan.space().dimensions();
    double apart = Math.max(APART, 680.0 / dimensions.size());
    double width = 2 * SIDE + apart * dimensions.size();
    Svg svg = new Svg(width, HEIGHT, "parameters and metric of each trial");
    double last = SIDE + apart * dimensions.size();
    Axis metric = metric();
    for (TrialRecord record : trials) {
      StringBuilder line = new StringBuilder();
      List<Double> point = plan.space().point(record.parameters());
      for (int i = 0; i < point.size(); i++) {
        line.append(place(SIDE + apart * i, BOTTOM + point.get(i) * (TOP - BOTTOM)));
      }
      line.append(place(last, record.done() ? metric.at(value(record)) : BOTTOM + 18));
      svg.add(
          "<polyline fill='none' opacity='0.85' %s points='%s'><title>trial %d</title></polyline>",
          colours.style(record), line.toString().trim(), record.trial());
    }
    for (int i = 0; i < dimensions.size(); i++) {
      axis(svg, dimensions.get(i), SIDE + apart * i, i);
    }
    svg.line(last, TOP, last, BOTTOM, "axis");
    svg.label(last, TOP - (dimensions.size() % 2 == 0 ? 18 : 38), "middle", plan.metric());
    for (double tick : metric.ticks()) {
      tick(svg, last, metric.at(tick), Axis.text(tick));
    }
    if (trials.stream().anyMatch(record -> !record.done())) {
      svg.label(last + 8, BOTTOM + 22, "start", "failed");
    }
    return svg.end();
  }

  private static void axis(Svg svg, Dimension dimension, double x, int index) {
    svg.line(x, TOP, x, BOTTOM, "axis");
    // Names are longer than axes are apart: every second one stands higher.
    svg.label(x, TOP - (index % 2 == 0 ? 18 : 38), "middle", dimension.path().text());
    List<JsonNode> values = dimension.grid();
    int every = (values.size() + MOST_LABELS - 1) / MOST_LABELS;
    for (int i = 0; i < values.size(); i += every) {
      JsonNode value = values.get(i);
      double y = BOTTOM + dimension.position(value) * (TOP - BOTTOM);
      tick(svg, x, y, value.isDouble() ? Axis.text(value.asDouble()) : shortened(value));
    }
  }

  private static void tick(Svg svg, double x, double y, String text) {
    svg.line(x - 4, y, x + 4, y, "axis");
    svg.add("<text x='%.1f' y='%.1f' class='halo'>%s</text>", x + 8, y + 4, Html.escape(text));
  }

  private static String shortened(JsonNode value) {
    String text = value.isTextual() ? value.asText() : value.toString();
    return text.length() > 24 ? text.substring(0, 23) + "…" : text;
  }

  private static String place(double x, double y) {
    return String.format(Locale.ROOT, "%.1f,%.1f ", x, y);
  }

  private Axis metric() {
    double[] values = trials.stream().filter(TrialRecord::done).mapToDouble(this::value).toArray();
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(1);
    return new Axis(low, high, BOTTOM, TOP);
  }

  private double value(TrialRecord record) {
    return record.metrics().getOrDefault(plan.metric(), 0.0);
  }
}
