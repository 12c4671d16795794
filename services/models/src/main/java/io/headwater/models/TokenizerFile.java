package io.headwater.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a package needs to know from {@code tokenizer.json} without loading the tokenizer itself.
 *
 * @param vocabularySize one more than the largest token id
 * @param padId the id that fills a batch's shorter rows; 0 if the file names none
 * @param languageTokens ids of the tokens that tell a model of many languages which one it reads or
 *     writes, by BCP 47 code; none for other models
 * @param targetToken a token that names the target language at the source's start, as models of the
 *     OPUS-MT family with several targets want it
 */
public record TokenizerFile(
    int vocabularySize,
    int padId,
    Map<String, Integer> languageTokens,
    Optional<String> targetToken) {

  private static final Set<String> PAD_TOKENS = Set.of("[PAD]", "<pad>");
  private static final Pattern TARGET = Pattern.compile(">>[A-Za-z_]{2,16}<<");

  /** Keeps a copy of the map. */
  public TokenizerFile {
    languageTokens = Map.copyOf(languageTokens);
  }

  /**
   * Reads the vocabulary of a Hugging Face fast tokenizer.
   *
   * @throws IOException if the file cannot be read or is not JSON
   * @throws IllegalArgumentException if it holds no vocabulary
   */
  public static TokenizerFile read(Path file) throws IOException {
    JsonNode root = new ObjectMapper().readTree(file.toFile());
    Vocabulary vocabulary = new Vocabulary();
    JsonNode learned = root.path("model").path("vocab");
    if (learned.isObject()) {
      learned.properties().forEach(e -> vocabulary.see(e.getKey(), e.getValue().asInt(-1), false));
    } else {
      // Unigram tokenizers list [token, score] pairs; the position is the id.
      for (int id = 0; id < learned.size(); id++) {
        vocabulary.see(learned.get(id).path(0).asText(), id, false);
      }
    }
    for (JsonNode added : root.path("added_tokens")) {
      vocabulary.see(added.path("content").asText(), added.path("id").asInt(-1), true);
    }
    if (vocabulary.largest < 0) {
      throw new IllegalArgumentException(ModelDescriptor.TOKENIZER + " holds no vocabulary");
    }
    return vocabulary.facts();
  }

  /**
   * The id of the token for a language, BCP 47; for a region's code also that of the language
   * alone.
   */
  public OptionalInt languageToken(String language) {
    String code = LanguageCodes.shortest(language);
    Integer id = languageTokens.get(code);
    if (id == null) {
      id = languageTokens.get(LanguageCodes.languageOf(code));
    }
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** What is known after each token was looked at. */
  private static final class Vocabulary {

    private final LanguageTokens languages = new LanguageTokens();
    private int largest = -1;
    private int padId;
    private Optional<String> targetToken = Optional.empty();

    void see(String token, int id, boolean added) {
      largest = Math.max(largest, id);
      if (added && PAD_TOKENS.contains(token)) {
        padId = id;
      }
      if (targetToken.isEmpty() && TARGET.matcher(token).matches()) {
        targetToken = Optional.of(token);
      }
      languages.see(token, id, added);
    }

    TokenizerFile facts() {
      return new TokenizerFile(largest + 1, padId, languages.byLanguage(), targetToken);
    }
  }
}
