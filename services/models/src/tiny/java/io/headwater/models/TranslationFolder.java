package io.headwater.models;

import io.headwater.models.translation.TinyTransformer;
import io.headwater.models.translation.TinyTransformerGraphs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Writes small translation packages for tests: a real transformer with random weights and a tiny
 * real tokenizer. What it writes makes no sense, but the same source always becomes the same.
 */
public final class TranslationFolder {

  /** Ids in the tiny tokenizer's vocabulary. */
  public static final int VOCABULARY = 24;

  /** How the tiny models want to be decoded. */
  public static final String GENERATION =
      """
      {"decoder_start_token_id": 1, "eos_token_id": 2, "pad_token_id": 0, "max_length": 16,
       "num_beams": 1}
      """;

  private final Path folder;

  private TranslationFolder(Path folder) {
    this.folder = folder;
  }

  /** A folder with a tokenizer and generation settings, but no graphs yet. */
  public static TranslationFolder empty(Path folder) {
    return new TranslationFolder(folder).tokenizer().text("generation_config.json", GENERATION);
  }

  /** A good package, German to English, in the merged layout, that can explain itself. */
  public static TranslationFolder good(Path folder) {
    return empty(folder).merged(anyModel(), true).describe();
  }

  /** A model that fits the tiny tokenizer. */
  public static TinyTransformer anyModel() {
    return TinyTransformer.random(1, VOCABULARY, 16, 2, 2, 2.5);
  }

  public Path path() {
    return folder;
  }

  /** Writes a model's graphs with one decoder for all steps. */
  public TranslationFolder merged(TinyTransformer model, boolean explains) {
    TinyTransformerGraphs graphs = new TinyTransformerGraphs(model, explains);
    return bytes("encoder_model.onnx", graphs.encoder())
        .bytes("decoder_model_merged.onnx", graphs.merged());
  }

  /** Writes a model's graphs with one decoder for the first and one for later steps. */
  public TranslationFolder separate(TinyTransformer model, boolean explains) {
    TinyTransformerGraphs graphs = new TinyTransformerGraphs(model, explains);
    return bytes("encoder_model.onnx", graphs.encoder())
        .bytes("decoder_model.onnx", graphs.decoder())
        .bytes("decoder_with_past_model.onnx", graphs.decoderWithPast());
  }

  /** Writes the tiny tokenizer. */
  public TranslationFolder tokenizer() {
    return text("tokenizer.json", tinyTokenizer());
  }

  /** Writes the tiny tokenizer with tokens for languages at its end, as M2M100 has them. */
  public TranslationFolder tokenizerWith(String... languageTokens) {
    StringBuilder added = new StringBuilder();
    int id = VOCABULARY;
    for (String token : languageTokens) {
      added.append(
          "{\"id\": %d, \"content\": \"%s\", \"special\": true, \"single_word\": false, \"lstrip\":"
                  .formatted(id++, token)
              + " false, \"rstrip\": false, \"normalized\": false},");
    }
    return text(
        "tokenizer.json",
        tinyTokenizer().replace("\"added_tokens\": [", "\"added_tokens\": [" + added));
  }

  /** The content of the tiny tokenizer's file. */
  public static String tinyTokenizer() {
    try (InputStream in =
        Objects.requireNonNull(
            TranslationFolder.class.getResourceAsStream("/tiny-translation-tokenizer.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a {@code model.json} that fits the files, from German to English. */
  public TranslationFolder describe() {
    TreeMap<String, String> files = new TreeMap<>();
    for (String name :
        List.of(
            "encoder_model.onnx",
            "decoder_model_merged.onnx",
            "decoder_model.onnx",
            "decoder_with_past_model.onnx",
            "config.json",
            "generation_config.json",
            "tokenizer.json")) {
      if (Files.exists(folder.resolve(name))) {
        try {
          files.put(name, "\"" + FileDigest.sha256(folder.resolve(name)) + "\"");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    StringBuilder listed = new StringBuilder();
    files.forEach(
        (name, digest) ->
            listed.append(listed.isEmpty() ? "" : ", ").append("\"" + name + "\": " + digest));
    return text(
        "model.json",
        """
        {
          "task": "translation",
          "id": "tiny-translation",
          "version": "1.0.0",
          "files": {%s},
          "pairs": [{"from": "de", "to": "en"}],
          "maxTokens": 24,
          "card": {
            "summary": "For tests.",
            "licence": "Apache-2.0",
            "origin": "written by hand",
            "training": "none",
            "quality": {}
          }
        }
        """
            .formatted(listed));
  }

  /** Replaces one piece of a text file by another. */
  public TranslationFolder edit(String name, String piece, String replacement) {
    try {
      String text = Files.readString(folder.resolve(name));
      if (!text.contains(piece)) {
        throw new IllegalArgumentException(name + " has no " + piece);
      }
      return text(name, text.replace(piece, replacement));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a text file. */
  public TranslationFolder text(String name, String text) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file. */
  public TranslationFolder bytes(String name, byte[] bytes) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a file. */
  public TranslationFolder without(String name) {
    try {
      Files.delete(folder.resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
