package io.headwater.models.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Repairs what would end the process: the tokenizer files that transformers.js writes for Marian
 * models have a normaliser without its table of characters, on which the native library panics. The
 * table that is missing is that of NFKC, which takes its place.
 */
final class TokenizerRepair {

  private static final Pattern NO_TABLE =
      Pattern.compile("\"precompiled_charsmap\"\\s*:\\s*(null|\"\")");

  private TokenizerRepair() {}

  /** The repaired content of a {@code tokenizer.json}; empty if it is in order. */
  static Optional<String> repaired(Path file) throws IOException {
    String text = Files.readString(file);
    if (!NO_TABLE.matcher(text).find()) {
      return Optional.empty();
    }
    JsonMapper mapper = new JsonMapper();
    JsonNode root = mapper.readTree(text);
    repair(root.path("normalizer"));
    return Optional.of(mapper.writeValueAsString(root));
  }

  private static void repair(JsonNode normalizer) {
    JsonNode table = normalizer.path("precompiled_charsmap");
    if (normalizer instanceof ObjectNode object
        && object.has("precompiled_charsmap")
        && table.asText("").isEmpty()) {
      object.removeAll();
      object.put("type", "NFKC");
    }
    normalizer.path("normalizers").forEach(TokenizerRepair::repair);
  }
}
