package io.headwater.trainer.sentiment;

import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.config.ModelSettings;
import io.headwater.trainer.head.Quality;
import io.headwater.trainer.learning.Outcome;
import io.headwater.trainer.learning.OutcomeReport;
import io.headwater.trainer.network.LayerForm;
import io.headwater.trainer.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training was and what came of it, for a program and for a person.
 *
 * @param sets what was read
 * @param weights the best ones
 * @param test quality on sets that nothing was chosen by
 */
record TrainingReport(
    Configuration configuration,
    List<TokenizedSets.Count> sets,
    Outcome outcome,
    Weights weights,
    Map<String, Quality> test) {
  /** Writes {@code report.json} and {@code report.html}. */
  void write(Path folder) throws IOException {
    OutcomeReport common = new OutcomeReport(outcome, weights);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("configuration", configuration.settings());
    report.put("plan", configuration.plan());
    report.put("regularisation", regularisation());
    report.put("data", sets);
    report.put("test", test);
    report.put("quality", quality());
    String sections =
        common.sections("Loss", "Macro-recall, mean of the dev sets", regularisation());
    common.write(report, ReportPage.of(this, sections), folder);
  }

  /** What was in force against learning by heart, and what can be seen of it in the weights. */
  private Map<String, Object> regularisation() {
    Map<String, Object> all = new LinkedHashMap<>();
    configuration
        .model()
        .ifPresent(
            model -> {
              all.put("embedding.dropout", model.embeddingDropout());
              all.put("dropout", model.dropout());
              all.put("attention.dropout", attentionDropout(model));
              all.put("shareLayers", model.shareLayers());
            });
    configuration
        .pretrained()
        .ifPresent(
            begun -> {
              all.put("dropout", begun.dropout());
              all.put("attention.dropout", begun.attentionDropout());
              all.put("freeze", begun.frozen());
            });
    all.put("balance", configuration.data().balance());
    all.put("maskTokens", configuration.plan().regularisation().maskTokens());
    all.put("agreement", configuration.plan().regularisation().agreement());
    all.putAll(configuration.plan().againstLearningByHeart());
    return all;
  }

  private static List<Float> attentionDropout(ModelSettings model) {
    return model.layers().stream().map(LayerForm::dropout).toList();
  }

  private Map<String, Double> quality() {
    Map<String, Double> figures = new LinkedHashMap<>();
    outcome.best().dev().forEach((name, quality) -> add(figures, name, quality));
    test.forEach((name, quality) -> add(figures, name, quality));
    return figures;
  }

  private static void add(Map<String, Double> figures, String name, Quality quality) {
    figures.put(name + ".accuracy", rounded(quality.accuracy()));
    figures.put(name + ".macroRecall", rounded(quality.macroRecall()));
    figures.put(name + ".macroF1", rounded(quality.macroF1()));
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
