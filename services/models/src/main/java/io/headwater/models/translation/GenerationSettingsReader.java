package io.headwater.models.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.models.ModelPackage;
import io.headwater.models.TranslationFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads {@code generation_config.json}; what older exports keep in {@code config.json} is read
 * there. Whatever would change a translation and is not known here is refused, not passed over.
 */
final class GenerationSettingsReader {

  /** What must have this value, or not be there, because nothing here does it. */
  private static final Map<String, String> NOT_SUPPORTED =
      Map.of(
          "do_sample", "false",
          "num_beam_groups", "1",
          "diversity_penalty", "0.0",
          "repetition_penalty", "1.0",
          "encoder_repetition_penalty", "1.0",
          "encoder_no_repeat_ngram_size", "0",
          "renormalize_logits", "false",
          "penalty_alpha", "0.0",
          "guidance_scale", "1.0",
          "exponential_decay_length_penalty", "none");

  private static final Set<String> NOT_SUPPORTED_LISTS =
      Set.of(
          "force_words_ids",
          "constraints",
          "sequence_bias",
          "begin_suppress_tokens",
          "forced_decoder_ids");

  private final JsonNode generation;
  private final JsonNode config;

  private GenerationSettingsReader(JsonNode generation, JsonNode config) {
    this.generation = generation;
    this.config = config;
  }

  /**
   * Reads a package's settings.
   *
   * @throws IOException if a file cannot be read or is not JSON
   * @throws IllegalArgumentException if settings are missing, or ask for what is not supported
   */
  static GenerationSettings read(ModelPackage model, TranslationFiles files) throws IOException {
    JsonNode config = json(files.config());
    JsonNode generation =
        files.generationConfig().isPresent() ? json(files.generationConfig()) : config;
    return new GenerationSettingsReader(generation, config).settings(model.maxTokens());
  }

  /** How many tokens the model says it scores; empty if it does not say. */
  static OptionalInt vocabularySize(TranslationFiles files) throws IOException {
    JsonNode config = json(files.config());
    JsonNode size =
        config.has("decoder_vocab_size")
            ? config.path("decoder_vocab_size")
            : config.path("vocab_size");
    return size.isInt() ? OptionalInt.of(size.asInt()) : OptionalInt.empty();
  }

  private static JsonNode json(Optional<Path> file) throws IOException {
    JsonMapper mapper = new JsonMapper();
    return file.isPresent() ? mapper.readTree(file.get().toFile()) : mapper.createObjectNode();
  }

  private GenerationSettings settings(int maxTokens) {
    refuseWhatIsNotSupported();
    Set<Integer> ends = ids("eos_token_id");
    return new GenerationSettings(
        id("decoder_start_token_id")
            .orElseGet(
                () ->
                    id("bos_token_id")
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException("decoder_start_token_id is missing"))),
        ends,
        id("forced_bos_token_id"),
        id("forced_eos_token_id"),
        generation.path("num_beams").asInt(1),
        maxLength(maxTokens),
        minLength(),
        generation.path("no_repeat_ngram_size").asInt(0),
        generation.path("length_penalty").asDouble(1.0),
        earlyStopping(),
        forbidden(ends));
  }

  private void refuseWhatIsNotSupported() {
    NOT_SUPPORTED.forEach(
        (name, neutral) -> {
          JsonNode value = generation.path(name);
          boolean same =
              value.isNumber()
                  ? !neutral.equals("none") && value.asDouble() == Double.parseDouble(neutral)
                  : value.isMissingNode() || value.isNull() || value.asText().equals(neutral);
          if (!same) {
            throw new IllegalArgumentException(
                "the generation config has " + name + " " + value + ", which is not supported");
          }
        });
    for (String name : NOT_SUPPORTED_LISTS) {
      if (!generation.path(name).isEmpty()) {
        throw new IllegalArgumentException(
            "the generation config has " + name + ", which is not supported");
      }
    }
  }

  /** The start counts towards max_length, but not towards max_new_tokens. */
  private int maxLength(int maxTokens) {
    int positions = config.path("max_position_embeddings").asInt(Integer.MAX_VALUE);
    int length =
        generation.path("max_new_tokens").isInt()
            ? generation.path("max_new_tokens").asInt() + 1
            : generation.path("max_length").asInt(maxTokens);
    return Math.min(positions, length);
  }

  private int minLength() {
    return Math.max(
        generation.path("min_length").asInt(0),
        generation.path("min_new_tokens").isInt()
            ? generation.path("min_new_tokens").asInt() + 1
            : 0);
  }

  private EarlyStopping earlyStopping() {
    JsonNode value = generation.path("early_stopping");
    if (value.isTextual()) {
      if (!value.asText().equals("never")) {
        throw new IllegalArgumentException(
            "early_stopping is " + value + "; known: true, false, \"never\"");
      }
      return EarlyStopping.NEVER;
    }
    return value.asBoolean(false) ? EarlyStopping.AT_ONCE : EarlyStopping.WHEN_UNLIKELY;
  }

  /** Forbidding the end itself has never had an effect in Hugging Face's search either. */
  private List<List<Integer>> forbidden(Set<Integer> ends) {
    List<List<Integer>> forbidden = new ArrayList<>();
    for (JsonNode run : generation.path("bad_words_ids")) {
      List<Integer> ids = new ArrayList<>();
      run.forEach(id -> ids.add(id.asInt(-1)));
      boolean end = ids.size() == 1 && ends.contains(ids.get(0));
      if (!end && !ids.isEmpty()) {
        forbidden.add(ids);
      }
    }
    for (JsonNode id : generation.path("suppress_tokens")) {
      forbidden.add(List.of(id.asInt(-1)));
    }
    return forbidden;
  }

  private OptionalInt id(String name) {
    Set<Integer> ids = ids(name);
    return ids.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ids.iterator().next());
  }

  private Set<Integer> ids(String name) {
    JsonNode value = generation.path(name);
    if (value.isMissingNode() || value.isNull()) {
      value = config.path(name);
    }
    Set<Integer> ids = new LinkedHashSet<>();
    if (value.isInt()) {
      ids.add(value.asInt());
    }
    value.forEach(id -> ids.add(id.asInt(-1)));
    return ids;
  }
}
