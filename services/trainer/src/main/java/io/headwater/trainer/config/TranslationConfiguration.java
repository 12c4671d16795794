package io.headwater.trainer.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.trainer.learning.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that a training of a translation model depends on, as the file says it.
 *
 * @param text the file itself
 * @param model the network
 * @param data the pairs
 * @param plan how to train
 */
public record TranslationConfiguration(
    String text, TranslationSettings model, PairSettings data, TrainingPlan plan)
    implements TaskConfiguration {

  /** Needs all parts. */
  public TranslationConfiguration {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(plan, "plan");
  }

  /**
   * Reads a text.
   *
   * @throws InvalidConfigurationException with all its faults
   */
  public static TranslationConfiguration parse(String text) {
    return of(ConfigurationTree.of(text), text);
  }

  static TranslationConfiguration of(JsonNode tree, String text) {
    List<String> faults = new ArrayList<>();
    Section root = Section.root(tree, faults);
    root.choice("task", "translation", List.of("translation"));
    int seed = root.whole("seed", 1, 0, Integer.MAX_VALUE);
    Section modelSection = root.section("model");
    TranslationSettings model = TranslationSettings.read(modelSection);
    modelSection.end();
    PairSettings data = PairSettings.read(root.section("data"));
    TrainingPlan plan = PlanReader.translation(root.section("training"), seed);
    root.end();
    if (!faults.isEmpty()) {
      throw new InvalidConfigurationException(faults);
    }
    return new TranslationConfiguration(text, model, data, plan);
  }

  /** Most tokens of a source or a translation. */
  public int maxTokens() {
    return model.encoder().maxTokens();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = model.settings();
    settings.put("data.devRows", Integer.toString(data.devRows()));
    settings.put("data.subwordDropout", Double.toString(data.subwordDropout()));
    return settings;
  }
}
