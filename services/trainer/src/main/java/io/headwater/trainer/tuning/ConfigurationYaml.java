package io.headwater.trainer.tuning;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration as a YAML file, taken as a tree. */
public final class ConfigurationYaml {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .build();

  private ConfigurationYaml() {}

  /**
   * Reads a file.
   *
   * @throws InvalidTuningException if it is not there, or no YAML with fields
   */
  public static ObjectNode read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidTuningException("there is no file " + file);
    }
    try {
      if (YAML.readTree(Files.readString(file)) instanceof ObjectNode configuration) {
        return configuration;
      }
      throw new InvalidTuningException(file + " holds no fields: a configuration is a YAML file");
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw new InvalidTuningException(
          "%s, line %d: %s"
              .formatted(
                  file,
                  place == null ? 1 : place.getLineNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("is no YAML")));
    }
  }

  /** The text of a configuration. */
  public static String text(JsonNode configuration) {
    try {
      return YAML.writeValueAsString(configuration);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree always has a text", e);
    }
  }
}
