package io.headwater.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Changes to a JSON text that are JSON themselves (RFC 7396). */
final class JsonMergePatch {
  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonMergePatch() {}

  /**
   * The text with the changes, on one line.
   *
   * @throws JsonProcessingException if one of both is no JSON
   */
  static String apply(String text, String patch) throws JsonProcessingException {
    return MAPPER.writeValueAsString(merge(MAPPER.readTree(text), MAPPER.readTree(patch)));
  }

  private static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode merged =
        target instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> change : patch.properties()) {
      if (change.getValue().isNull()) {
        merged.remove(change.getKey());
      } else {
        merged.set(change.getKey(), merge(merged.path(change.getKey()), change.getValue()));
      }
    }
    return merged;
  }
}
