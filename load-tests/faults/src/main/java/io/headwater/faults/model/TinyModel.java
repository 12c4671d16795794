package io.headwater.faults.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the suite's own model packages: a quick one, and one that is slow on purpose. */
public final class TinyModel {
  /** The quick one. */
  public static final String QUICK = "faults-tiny@1.0.0";

  /** The same answers, at a cost. */
  public static final String SLOW = "faults-slow@1.0.0";

  /** The labels, in the order of the logits. */
  public static final List<String> LABELS = List.of("negative", "neutral", "positive");

  static final int MAX_TOKENS = 64;
  private static final int SLOW_BURDEN = 12;

  private TinyModel() {}

  /** Writes both packages below a folder, as {@code ID/VERSION/}. */
  public static void write(Path models) {
    Vocabulary vocabulary = new Vocabulary();
    write(models, QUICK, vocabulary, 0);
    write(models, SLOW, vocabulary, SLOW_BURDEN);
  }

  /** Where a package lies. */
  static Path folder(Path models, String model) {
    return models.resolve(model.replace('@', '/'));
  }

  private static void write(Path models, String model, Vocabulary vocabulary, int burden) {
    Path folder = folder(models, model);
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("model.onnx"), ModelGraph.of(vocabulary, burden));
      Files.writeString(folder.resolve("tokenizer.json"), tokenizer(vocabulary));
      Files.writeString(folder.resolve("model.json"), description(folder, model));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the model to " + folder, e);
    }
  }

  private static String tokenizer(Vocabulary vocabulary) throws JsonProcessingException {
    return """
        {
          "version": "1.0", "truncation": null, "padding": null,
          "added_tokens": [%s, %s, %s, %s, %s],
          "normalizer": {"type": "BertNormalizer", "clean_text": true,
            "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
          "pre_tokenizer": {"type": "BertPreTokenizer"},
          "post_processor": {"type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
              {"Sequence": {"id": "A", "type_id": 0}},
              {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {
              "[CLS]": {"id": "[CLS]", "ids": [%d], "tokens": ["[CLS]"]},
              "[SEP]": {"id": "[SEP]", "ids": [%d], "tokens": ["[SEP]"]}}},
          "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
          "model": {"type": "WordPiece", "unk_token": "[UNK]",
            "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
            "vocab": %s}
        }
        """
        .formatted(
            special(0, "[PAD]"),
            special(1, "[UNK]"),
            special(Vocabulary.CLS, "[CLS]"),
            special(Vocabulary.SEP, "[SEP]"),
            special(4, "[MASK]"),
            Vocabulary.CLS,
            Vocabulary.SEP,
            new ObjectMapper().writeValueAsString(vocabulary.ids()));
  }

  private static String special(int id, String content) {
    return """
        {"id": %d, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false,
         "normalized": false, "special": true}\
        """
        .formatted(id, content);
  }

  private static String description(Path folder, String model) throws IOException {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("summary", "Random whole numbers, for the fault suite: it knows nothing of language.");
    card.put("licence", "Apache-2.0");
    card.put("origin", "written by the fault suite");
    card.put("training", "none");
    card.put("quality", Map.of());
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("task", "sentiment");
    description.put("id", model.substring(0, model.indexOf('@')));
    description.put("version", model.substring(model.indexOf('@') + 1));
    description.put(
        "files",
        Map.of(
            "model.onnx", digest(folder.resolve("model.onnx")),
            "tokenizer.json", digest(folder.resolve("tokenizer.json"))));
    description.put("labels", LABELS);
    description.put("languages", List.of("en"));
    description.put("maxTokens", MAX_TOKENS);
    description.put("card", card);
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(description);
  }

  private static String digest(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
