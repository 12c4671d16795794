package io.headwater.trainer.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.trainer.learning.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that a training of a sentiment model depends on, as the file says it.
 *
 * @param text the file itself
 * @param model a network with fresh weights; empty for a pretrained one
 * @param pretrained a network that begins as a graph; empty for a fresh one
 * @param data the texts
 * @param plan how to train
 */
public record Configuration(
    String text,
    Optional<ModelSettings> model,
    Optional<PretrainedSettings> pretrained,
    DataSettings data,
    TrainingPlan plan)
    implements TaskConfiguration {

  /** Needs all parts. */
  public Configuration {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(plan, "plan");
    if (model.isPresent() == pretrained.isPresent()) {
      throw new IllegalArgumentException("a network is either fresh or pretrained");
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   * @throws InvalidConfigurationException with all its faults; it is one to be of a translation
   */
  public static Configuration read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /**
   * Reads a text.
   *
   * @throws InvalidConfigurationException with all its faults
   */
  public static Configuration parse(String text) {
    JsonNode tree = ConfigurationTree.of(text);
    if (ConfigurationTree.isTranslation(tree)) {
      throw new InvalidConfigurationException(
          List.of("task is translation; only train and export take it, this is for sentiment"));
    }
    return of(tree, text);
  }

  static Configuration of(JsonNode tree, String text) {
    List<String> faults = new ArrayList<>();
    Section root = Section.root(tree, faults);
    if (!root.has("task")) {
      root.fault("task", "is missing; one of sentiment, translation");
    }
    root.choice("task", "sentiment", List.of("sentiment", "translation"));
    int seed = root.whole("seed", 1, 0, Integer.MAX_VALUE);
    Section model = root.section("model");
    boolean begun = model.has("pretrained");
    Optional<PretrainedSettings> pretrained =
        begun ? Optional.of(PretrainedSettings.read(model)) : Optional.empty();
    Optional<ModelSettings> fresh =
        begun ? Optional.empty() : Optional.of(ModelSettings.read(model));
    if (!begun) {
      model.text("pretrained");
    }
    model.end();
    DataSettings data = DataSettings.read(root.section("data"));
    TrainingPlan plan = PlanReader.sentiment(root.section("training"), seed);
    // Of headwater tune, which reads it by itself: one file is for both commands.
    root.section("tuning");
    root.end();
    if (!faults.isEmpty()) {
      throw new InvalidConfigurationException(faults);
    }
    return new Configuration(text, fresh, pretrained, data, plan);
  }

  /** Longest text in tokens, special ones included. */
  public int maxTokens() {
    return model
        .map(ModelSettings::maxTokens)
        .orElseGet(() -> pretrained.orElseThrow().maxTokens());
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    model.ifPresent(fresh -> settings.putAll(fresh.settings("model.layers")));
    pretrained.ifPresent(
        begun -> {
          settings.put("model.pretrained", begun.source().toString());
          settings.put("model.freeze", begun.frozen().toString());
          settings.put("model.dropout", Double.toString(begun.dropout()));
          settings.put("model.attentionDropout", Double.toString(begun.attentionDropout()));
        });
    settings.put("model.maxTokens", Integer.toString(maxTokens()));
    return settings;
  }
}
