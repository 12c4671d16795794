package io.headwater.trainer.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Changes to how a tokenizer sees texts before it cuts them into tokens: a JSON merge patch (RFC
 * 7396) of a {@code tokenizer.json}, for its normalizer and its pre-tokenizer. Vocabulary and
 * special tokens stay, as the weights of the model's embeddings belong to them.
 */
public final class TokenizerPatch {
  private static final Set<String> CHANGEABLE = Set.of("normalizer", "pre_tokenizer");

  private static final JsonMapper MAPPER = new JsonMapper();

  private TokenizerPatch() {}

  /**
   * Writes a changed tokenizer.
   *
   * @param tokenizer a {@code tokenizer.json}, which stays as it is
   * @param patch a file with the changes
   * @param out may be there and is written over
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if the patch is no JSON object, or changes something else
   */
  public static void write(Path tokenizer, Path patch, Path out) throws IOException {
    String changes = Files.readString(patch);
    requireChangeable(patch, changes);
    Files.writeString(out, merge(Files.readString(tokenizer), changes));
  }

  private static void requireChangeable(Path patch, String changes) {
    JsonNode read;
    try {
      read = MAPPER.readTree(changes);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(patch + " is no JSON: " + e.getOriginalMessage(), e);
    }
    if (!read.isObject()) {
      throw new IllegalArgumentException(
          patch + " is no JSON object; needed: {\"normalizer\": ..., \"pre_tokenizer\": ...}");
    }
    for (Map.Entry<String, JsonNode> change : read.properties()) {
      if (!CHANGEABLE.contains(change.getKey())) {
        throw new IllegalArgumentException(
            patch
                + " changes \""
                + change.getKey()
                + "\": only normalizer and pre_tokenizer can change, as the model's weights belong"
                + " to its tokens");
      }
    }
  }

  /**
   * The text with the changes, on one line.
   *
   * @throws JsonProcessingException if one of both is no JSON
   */
  static String merge(String text, String patch) throws JsonProcessingException {
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
