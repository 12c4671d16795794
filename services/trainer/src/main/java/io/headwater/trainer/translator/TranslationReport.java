package io.headwater.trainer.translator;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.trainer.config.ModelSettings;
import io.headwater.trainer.config.TranslationConfiguration;
import io.headwater.trainer.learning.CurvePoint;
import io.headwater.trainer.learning.Evaluation;
import io.headwater.trainer.learning.GradientWatch;
import io.headwater.trainer.learning.Outcome;
import io.headwater.trainer.learning.Regularisation;
import io.headwater.trainer.learning.WeightNumbers;
import io.headwater.trainer.network.LayerForm;
import io.headwater.trainer.page.Html;
import io.headwater.trainer.page.LineChart;
import io.headwater.trainer.page.LineChart.Line;
import io.headwater.trainer.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a training was and what came of it, for a program and for a person.
 *
 * @param sets what was read
 * @param weights the best ones
 */
record TranslationReport(
    TranslationConfiguration configuration,
    List<PreparedPairs.Count> sets,
    Outcome outcome,
    Weights weights) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Writes {@code report.json} and {@code report.html}. */
  void write(Path folder) throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("configuration", configuration.settings());
    report.put("plan", configuration.plan());
    report.put("regularisation", regularisation());
    report.put("data", sets);
    report.put("weights", WeightNumbers.of(weights));
    report.put("steps", outcome.steps());
    report.put("stoppedEarly", outcome.stoppedEarly());
    report.put("best", outcome.best());
    report.put("quality", Map.of("dev.bleu", bleu()));
    report.put("evaluations", outcome.evaluations());
    report.put("gradients", gradients().norms());
    report.put("curve", outcome.curve());
    Files.writeString(folder.resolve(TranslatorRun.REPORT), JSON.writeValueAsString(report) + "\n");
    Files.writeString(folder.resolve("report.html"), page());
  }

  private double bleu() {
    return Math.round(outcome.best().score() * 100) / 100.0;
  }

  private GradientWatch gradients() {
    return GradientWatch.of(outcome.curve());
  }

  /** What was in force against learning by heart. */
  private Map<String, Object> regularisation() {
    ModelSettings model = configuration.model().encoder();
    Regularisation plan = configuration.plan().regularisation();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("embedding.dropout", model.embeddingDropout());
    all.put("embedding.tied", configuration.model().tied());
    all.put("dropout", model.dropout());
    all.put("encoder.attention.dropout", model.layers().stream().map(LayerForm::dropout).toList());
    all.put(
        "decoder.attention.dropout",
        configuration.model().decoder().stream()
            .flatMap(layer -> Stream.of(layer.attention(), layer.cross()))
            .map(LayerForm::dropout)
            .toList());
    all.put("shareLayers", model.shareLayers());
    all.put("weightDecay", plan.weightDecay());
    all.put("l1", plan.l1());
    all.put("labelSmoothing", plan.labelSmoothing());
    all.put("clip", plan.clip());
    all.put("patience", configuration.plan().patience());
    all.put("average", configuration.plan().average());
    return all;
  }

  private String page() {
    List<Evaluation> evaluations = outcome.evaluations();
    StringBuilder page = new StringBuilder();
    page.append(Html.head("Training of a translation model"))
        .append(
            String.format(
                Locale.ROOT,
                "<p>%d steps%s. Best after %.2f passes: BLEU %.2f of greedy translations, dev.</p>%n",
                outcome.steps(),
                outcome.stoppedEarly() ? ", stopped early" : "",
                outcome.best().epoch(),
                outcome.best().score()));
    List<double[]> training = outcome.curve().stream().map(TranslationReport::point).toList();
    page.append("<h2>Loss, nats a token</h2>\n")
        .append(
            LineChart.of(
                List.of(
                    new Line("training", "#888", training),
                    line("dev", "#c30", evaluations, Evaluation::devLoss))));
    page.append("<h2>BLEU</h2>\n")
        .append(LineChart.of(List.of(line("dev", "#06c", evaluations, Evaluation::score))));
    page.append("<h2>Against learning by heart</h2>\n").append(Html.table(regularisation()));
    page.append("<h2>Weights</h2>\n").append(Html.table(WeightNumbers.of(weights)));
    page.append("<h2>Gradients</h2>\n<p>")
        .append(gradients().sentence())
        .append("</p>\n")
        .append(Html.table(Html.numbers(gradients().norms())));
    page.append("<h2>Pairs</h2>\n<table><tr><th>set<th>read<th>added in lower case")
        .append("<th>too long, left out<th>used</tr>\n");
    for (PreparedPairs.Count set : sets) {
      page.append(
          "<tr><td>%s<td>%d<td>%d<td>%d<td>%d</tr>%n"
              .formatted(set.name(), set.read(), set.lowerCased(), set.tooLong(), set.used()));
    }
    return page.append("</table>\n<h2>Configuration</h2>\n<pre>")
        .append(Html.escape(configuration.text()))
        .append("</pre>\n</html>\n")
        .toString();
  }

  private static double[] point(CurvePoint point) {
    return new double[] {point.epoch(), point.loss()};
  }

  private static Line line(
      String name,
      String colour,
      List<Evaluation> evaluations,
      ToDoubleFunction<Evaluation> value) {
    return new Line(
        name,
        colour,
        evaluations.stream()
            .map(at -> new double[] {at.epoch(), value.applyAsDouble(at)})
            .toList());
  }
}
