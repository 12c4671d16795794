package io.headwater.trainer.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.headwater.trainer.learning.Regularisation;
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
    TrainingPlan plan) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

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
   * @throws InvalidConfigurationException with all its faults
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
    JsonNode tree;
    try {
      tree = YAML.readTree(text);
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr() + ":";
      throw new InvalidConfigurationException(
          List.of("not YAML:" + where + " " + e.getOriginalMessage()));
    }
    List<String> faults = new ArrayList<>();
    Section root = Section.root(tree, faults);
    if (!root.has("task")) {
      root.fault("task", "is missing; sentiment");
    } else if (root.choice("task", "sentiment", List.of("sentiment", "translation"))
        .equals("translation")) {
      root.fault("task", "is translation; that has a command of its own, train translation");
    }
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
    TrainingPlan plan = plan(root.section("training"), seed);
    // Of headwater tune, which reads it by itself: one file is for both commands.
    root.section("tuning");
    root.end();
    if (!faults.isEmpty()) {
      throw new InvalidConfigurationException(faults);
    }
    return new Configuration(text, fresh, pretrained, data, plan);
  }

  private static TrainingPlan plan(Section training, int seed) {
    TrainingPlan plan =
        new TrainingPlan(
            training.positive("epochs", 3),
            training.whole("batchTokens", 2_000, 1, Integer.MAX_VALUE),
            training.positive("learningRate", 0.001),
            training.whole("warmUp", 200, 0, Integer.MAX_VALUE),
            new Regularisation(
                training.number("weightDecay", 0.01),
                training.number("l1", 0),
                training.share("labelSmoothing", 0.1),
                training.share("maskTokens", 0),
                training.number("clip", 1)),
            training.whole("patience", 3, 0, Integer.MAX_VALUE),
            training.positive("evaluateEvery", 1),
            training.share("average", 0.999),
            seed);
    training.end();
    return plan;
  }

  /** Longest text in tokens, special ones included. */
  public int maxTokens() {
    return model
        .map(ModelSettings::maxTokens)
        .orElseGet(() -> pretrained.orElseThrow().maxTokens());
  }

  /** What the network depends on, by the names in the file; a checkpoint belongs to it. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    model.ifPresent(
        fresh -> {
          settings.put("model.width", Integer.toString(fresh.width()));
          settings.put("model.vocabulary", Integer.toString(fresh.vocabulary()));
          fresh.tokenizer().ifPresent(file -> settings.put("model.tokenizer", file));
          settings.put("model.embedding.dropout", Double.toString(fresh.embeddingDropout()));
          settings.put("model.norm", fresh.normBefore() ? "before" : "after");
          settings.put("model.activation", fresh.activation().toString());
          settings.put("model.feedForward", Integer.toString(fresh.feedForward()));
          settings.put("model.dropout", Double.toString(fresh.dropout()));
          settings.put("model.shareLayers", Boolean.toString(fresh.shareLayers()));
          settings.put("model.layers", fresh.layers().toString());
        });
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
