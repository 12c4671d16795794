package io.headwater.trainer.translator;

import io.headwater.trainer.config.ModelSettings;
import io.headwater.trainer.config.TranslationConfiguration;
import io.headwater.trainer.learning.Outcome;
import io.headwater.trainer.learning.OutcomeReport;
import io.headwater.trainer.network.LayerForm;
import io.headwater.trainer.page.Html;
import io.headwater.trainer.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  /** Writes {@code report.json} and {@code report.html}. */
  void write(Path folder) throws IOException {
    OutcomeReport common = new OutcomeReport(outcome, weights);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("configuration", configuration.settings());
    report.put("plan", configuration.plan());
    report.put("regularisation", regularisation());
    report.put("data", sets);
    report.put("quality", Map.of("dev.bleu", bleu()));
    common.write(report, page(common), folder);
  }

  private double bleu() {
    return Math.round(outcome.best().score() * 100) / 100.0;
  }

  /** What was in force against learning by heart. */
  private Map<String, Object> regularisation() {
    ModelSettings model = configuration.model().encoder();
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
    all.putAll(configuration.plan().againstLearningByHeart());
    return all;
  }

  private String page(OutcomeReport common) {
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
    page.append(common.sections("Loss, nats a token", "BLEU", regularisation()));
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
}
