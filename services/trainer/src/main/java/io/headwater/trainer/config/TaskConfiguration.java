package io.headwater.trainer.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.trainer.learning.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Everything that a training depends on, as the file says it. */
public sealed interface TaskConfiguration permits Configuration, TranslationConfiguration {

  /** The file itself. */
  String text();

  /** How to train. */
  TrainingPlan plan();

  /** What else a checkpoint belongs to, by the names in the file. */
  Map<String, String> settings();

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   * @throws InvalidConfigurationException with all its faults
   */
  static TaskConfiguration read(Path file) throws IOException {
    String text = Files.readString(file);
    JsonNode tree = ConfigurationTree.of(text);
    return ConfigurationTree.isTranslation(tree)
        ? TranslationConfiguration.of(tree, text)
        : Configuration.of(tree, text);
  }
}
