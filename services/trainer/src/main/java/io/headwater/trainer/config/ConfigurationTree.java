package io.headwater.trainer.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;

/** A configuration as YAML has it, before anybody asks what it means. */
final class ConfigurationTree {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private ConfigurationTree() {}

  static JsonNode of(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr() + ":";
      throw new InvalidConfigurationException(
          List.of("not YAML:" + where + " " + e.getOriginalMessage()));
    }
  }

  static boolean isTranslation(JsonNode tree) {
    return tree.path("task").asText().equals("translation");
  }
}
