package io.headwater.trainer.translation.export;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.models.LanguagePair;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.trainer.translation.TransformerShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a translation package whose weights are random: for measuring speed, which depends on the
 * shape and not on what the weights have learned. Its words are {@code w4}, {@code w5} and so on.
 */
public final class UntrainedPackageMain {

  private static final TransformerShape SHAPE =
      new TransformerShape(8_000, 256, 4, 1_024, 3, 3, 256);

  private UntrainedPackageMain() {}

  /** Takes the folder to write. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("needed: target folder");
    }
    write(SHAPE, Path.of(args[0]));
  }

  static void write(TransformerShape shape, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path tokenizer = folder.resolve("words.json");
    new JsonMapper().writeValue(tokenizer.toFile(), words(shape.vocabulary()));
    PackageDescription description =
        new PackageDescription(
            new ModelId("untrained-de-en", "1.0.0"),
            List.of(new LanguagePair("de", "en")),
            shape.maxPositions(),
            GenerationDefaults.fourBeams(Math.min(64, shape.maxPositions())),
            new ModelCard(
                "Translates nothing: for measuring speed.",
                "Apache-2.0",
                "random numbers",
                "none",
                Map.of()));
    new TranslationPackage(UntrainedWeights.of(shape, 1), description, tokenizer)
        .write(DecoderLayout.MERGED, folder);
    Files.delete(tokenizer);
  }

  /** A tokenizer that knows whole words only, and ends each text. */
  private static Map<String, Object> words(int vocabulary) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    List<Object> special = new ArrayList<>();
    for (String name : List.of("<pad>", "<s>", "</s>", "<unk>")) {
      special.add(
          Map.of(
              "id",
              ids.size(),
              "content",
              name,
              "special",
              true,
              "single_word",
              false,
              "lstrip",
              false,
              "rstrip",
              false,
              "normalized",
              false));
      ids.put(name, ids.size());
    }
    while (ids.size() < vocabulary) {
      ids.put("w" + ids.size(), ids.size());
    }
    Map<String, Object> text = Map.of("Sequence", Map.of("id", "A", "type_id", 0));
    Map<String, Object> end = Map.of("SpecialToken", Map.of("id", "</s>", "type_id", 0));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", "1.0");
    json.put("added_tokens", special);
    json.put("pre_tokenizer", Map.of("type", "Whitespace"));
    json.put(
        "post_processor",
        Map.of(
            "type", "TemplateProcessing",
            "single", List.of(text, end),
            "pair", List.of(text, end),
            "special_tokens",
                Map.of(
                    "</s>", Map.of("id", "</s>", "ids", List.of(2), "tokens", List.of("</s>")))));
    json.put("model", Map.of("type", "WordLevel", "vocab", ids, "unk_token", "<unk>"));
    return json;
  }
}
