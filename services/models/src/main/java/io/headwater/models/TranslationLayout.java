package io.headwater.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which of a translation model's files serve: the merged decoder where there is one, else the two
 * separate ones.
 *
 * @param decoder name of the graph of the first step
 * @param decoderWithPast name of the graph of later steps; empty in the merged layout
 * @param hasConfig whether there is a {@code config.json}
 * @param hasGenerationConfig whether there is a {@code generation_config.json}
 */
record TranslationLayout(
    String decoder,
    Optional<String> decoderWithPast,
    boolean hasConfig,
    boolean hasGenerationConfig) {

  static final String ENCODER = "encoder_model.onnx";
  static final String MERGED = "decoder_model_merged.onnx";
  static final String DECODER = "decoder_model.onnx";
  static final String WITH_PAST = "decoder_with_past_model.onnx";
  static final String CONFIG = "config.json";
  static final String GENERATION_CONFIG = "generation_config.json";

  /**
   * Chooses among files.
   *
   * @param names the files that there are
   * @param fault how the line begins that says which one is missing
   * @throws IllegalArgumentException if one is missing
   */
  static TranslationLayout of(Set<String> names, String fault) {
    require(names.contains(ENCODER), fault + ENCODER);
    boolean config = names.contains(CONFIG);
    boolean generation = names.contains(GENERATION_CONFIG);
    require(config || generation, fault + GENERATION_CONFIG + " or " + CONFIG);
    if (names.contains(MERGED)) {
      return new TranslationLayout(MERGED, Optional.empty(), config, generation);
    }
    require(names.contains(DECODER), fault + MERGED + ", or " + DECODER + " with " + WITH_PAST);
    require(names.contains(WITH_PAST), fault + WITH_PAST + ", which " + DECODER + " needs");
    return new TranslationLayout(DECODER, Optional.of(WITH_PAST), config, generation);
  }

  /** The files in their folder. */
  TranslationFiles in(Path folder) {
    return new TranslationFiles(
        folder.resolve(ENCODER),
        folder.resolve(decoder),
        decoderWithPast.map(folder::resolve),
        hasConfig ? Optional.of(folder.resolve(CONFIG)) : Optional.empty(),
        hasGenerationConfig ? Optional.of(folder.resolve(GENERATION_CONFIG)) : Optional.empty());
  }

  /** The names of the files that serve. */
  List<String> names() {
    List<String> names = new ArrayList<>(List.of(ENCODER, decoder));
    decoderWithPast.ifPresent(names::add);
    if (hasConfig) {
      names.add(CONFIG);
    }
    if (hasGenerationConfig) {
      names.add(GENERATION_CONFIG);
    }
    return names;
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }
}
