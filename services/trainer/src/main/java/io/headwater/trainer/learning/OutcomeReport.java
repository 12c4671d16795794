package io.headwater.trainer.learning;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.trainer.page.Html;
import io.headwater.trainer.page.LineChart;
import io.headwater.trainer.page.LineChart.Line;
import io.headwater.trainer.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the reports of all tasks have in common. */
public final class OutcomeReport {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Outcome outcome;
  private final Map<String, Object> numbers;
  private final GradientWatch gradients;

  /**
   * Over what came of a training.
   *
   * @param best the weights that were kept
   */
  public OutcomeReport(Outcome outcome, Weights best) {
    this.outcome = outcome;
    this.numbers = numbers(best);
    this.gradients = GradientWatch.of(outcome.curve());
  }

  /**
   * Writes {@code report.json} and {@code report.html}.
   *
   * @param report what the task says of itself; the outcome is added
   * @throws IOException if they cannot be written
   */
  public void write(Map<String, Object> report, String page, Path folder) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(report);
    all.put("weights", numbers);
    all.put("steps", outcome.steps());
    all.put("stoppedEarly", outcome.stoppedEarly());
    all.put("best", outcome.best());
    all.put("evaluations", outcome.evaluations());
    all.put("gradients", gradients.norms());
    all.put("curve", outcome.curve());
    Files.writeString(FinishedRun.report(folder), JSON.writeValueAsString(all) + "\n");
    Files.writeString(folder.resolve("report.html"), page);
  }

  /**
   * The outcome as part of a page.
   *
   * @param loss heading of its chart
   * @param score heading of its chart
   * @param regularisation what was in force against learning by heart
   */
  public String sections(String loss, String score, Map<String, Object> regularisation) {
    List<double[]> training =
        outcome.curve().stream().map(at -> new double[] {at.epoch(), at.loss()}).toList();
    return heading(loss)
        + LineChart.of(
            List.of(new Line("training", "#888", training), dev("#c30", Evaluation::devLoss)))
        + heading(score)
        + LineChart.of(List.of(dev("#06c", Evaluation::score)))
        + heading("Against learning by heart")
        + Html.table(regularisation)
        + heading("Weights")
        + Html.table(numbers)
        + heading("Gradients")
        + "<p>"
        + gradients.sentence()
        + "</p>\n"
        + Html.table(Html.numbers(gradients.norms()));
  }

  private static String heading(String text) {
    return "<h2>" + Html.escape(text) + "</h2>\n";
  }

  private Line dev(String colour, ToDoubleFunction<Evaluation> value) {
    return new Line(
        "dev",
        colour,
        outcome.evaluations().stream()
            .map(at -> new double[] {at.epoch(), value.applyAsDouble(at)})
            .toList());
  }

  /** How many weights there are, how large, and how many of them are nothing. */
  private static Map<String, Object> numbers(Weights weights) {
    double sizes = 0;
    double squares = 0;
    long zeros = 0;
    for (Weights.Weight weight : weights.all().values()) {
      for (float value : weight.values()) {
        sizes += Math.abs(value);
        squares += (double) value * value;
        zeros += value == 0 ? 1 : 0;
      }
    }
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("count", weights.count());
    numbers.put("l1Norm", sizes);
    numbers.put("l2Norm", Math.sqrt(squares));
    numbers.put("zeros", zeros);
    return numbers;
  }
}
