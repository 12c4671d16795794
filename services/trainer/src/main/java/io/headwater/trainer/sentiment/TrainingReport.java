package io.headwater.trainer.sentiment;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.config.ModelSettings;
import io.headwater.trainer.head.Quality;
import io.headwater.trainer.learning.GradientWatch;
import io.headwater.trainer.learning.Outcome;
import io.headwater.trainer.learning.Regularisation;
import io.headwater.trainer.learning.WeightNumbers;
import io.headwater.trainer.network.LayerForm;
import io.headwater.trainer.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
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
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Writes {@code report.json} and {@code report.html}. */
  void write(Path folder) throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("configuration", configuration.settings());
    report.put("plan", configuration.plan());
    report.put("regularisation", regularisation());
    report.put("data", sets);
    report.put("weights", numbers());
    report.put("steps", outcome.steps());
    report.put("stoppedEarly", outcome.stoppedEarly());
    report.put("best", outcome.best());
    report.put("test", test);
    report.put("quality", quality());
    report.put("evaluations", outcome.evaluations());
    report.put("gradients", gradients().norms());
    report.put("curve", outcome.curve());
    Files.writeString(folder.resolve(RunFiles.REPORT), JSON.writeValueAsString(report) + "\n");
    Files.writeString(folder.resolve("report.html"), ReportPage.of(this));
  }

  /** What was in force against learning by heart, and what can be seen of it in the weights. */
  Map<String, Object> regularisation() {
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
    Regularisation plan = configuration.plan().regularisation();
    all.put("weightDecay", plan.weightDecay());
    all.put("l1", plan.l1());
    all.put("labelSmoothing", plan.labelSmoothing());
    all.put("maskTokens", plan.maskTokens());
    all.put("clip", plan.clip());
    all.put("balance", configuration.data().balance());
    all.put("patience", configuration.plan().patience());
    all.put("average", configuration.plan().average());
    return all;
  }

  private static List<Float> attentionDropout(ModelSettings model) {
    return model.layers().stream().map(LayerForm::dropout).toList();
  }

  /** How large the gradients of each layer were. */
  GradientWatch gradients() {
    return GradientWatch.of(outcome.curve());
  }

  Map<String, Object> numbers() {
    return WeightNumbers.of(weights);
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
