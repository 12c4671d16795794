package io.headwater.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a package needs to know from {@code tokenizer.json} without loading the tokenizer itself.
 *
 * @param vocabularySize one more than the largest token id
 * @param padId the id that fills a batch's shorter rows; 0 if the file names none
 */
public record TokenizerFile(int vocabularySize, int padId) {

  private static final Set<String> PAD_TOKENS = Set.of("[PAD]", "<pad>");

  /**
   * Reads the vocabulary of a Hugging Face fast tokenizer.
   *
   * @throws IOException if the file cannot be read or is not JSON
   * @throws IllegalArgumentException if it holds no vocabulary
   */
  public static TokenizerFile read(Path file) throws IOException {
    JsonNode root = new ObjectMapper().readTree(file.toFile());
    JsonNode vocabulary = root.path("model").path("vocab");
    int largest = -1;
    if (vocabulary.isObject()) {
      for (JsonNode id : vocabulary) {
        largest = Math.max(largest, id.asInt(-1));
      }
    } else {
      // Unigram tokenizers list [token, score] pairs; the position is the id.
      largest = vocabulary.size() - 1;
    }
    int padId = 0;
    for (JsonNode added : root.path("added_tokens")) {
      int id = added.path("id").asInt(-1);
      largest = Math.max(largest, id);
      if (PAD_TOKENS.contains(added.path("content").asText())) {
        padId = id;
      }
    }
    if (largest < 0) {
      throw new IllegalArgumentException(ModelDescriptor.TOKENIZER + " holds no vocabulary");
    }
    return new TokenizerFile(largest + 1, padId);
  }
}
