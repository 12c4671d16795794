package io.headwater.models;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of a translation model, in one of the two layouts that Hugging Face Optimum exports.
 *
 * @param encoder from source tokens to hidden states
 * @param decoder the first step of decoding, and every step in the merged layout
 * @param decoderWithPast every later step; empty in the merged layout
 * @param config {@code config.json}, if there is one
 * @param generationConfig {@code generation_config.json}, if there is one
 */
public record TranslationFiles(
    Path encoder,
    Path decoder,
    Optional<Path> decoderWithPast,
    Optional<Path> config,
    Optional<Path> generationConfig) {

  /** Refuses nulls. */
  public TranslationFiles {
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(decoder, "decoder");
    Objects.requireNonNull(decoderWithPast, "decoderWithPast");
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(generationConfig, "generationConfig");
  }
}
