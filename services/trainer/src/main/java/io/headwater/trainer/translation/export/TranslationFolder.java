package io.headwater.trainer.translation.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.models.FileDigest;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.translation.TransformerShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What stands in a translation package beside its graphs.
 *
 * @param description what it says about itself
 * @param tokenizer a {@code tokenizer.json} with the special tokens of {@link TransformerShape}
 * @param vocabulary tokens that the model scores
 * @param positions longest row that it has room for
 */
public record TranslationFolder(
    PackageDescription description, Path tokenizer, int vocabulary, int positions) {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String DESCRIPTION = "model.json";

  /** Refuses sources and translations that are longer than the model has positions. */
  public TranslationFolder {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(tokenizer, "tokenizer");
    requirePositions("maxTokens", description.maxTokens(), positions);
    requirePositions("the longest translation", description.generation().maxLength(), positions);
  }

  /**
   * Writes the package into a folder, over what was there, and reads it again.
   *
   * @param graphs by the names that their files must have
   * @param config what {@code config.json} says
   * @throws IOException if a file cannot be read or written
   * @throws io.headwater.models.InvalidModelPackageException if what came out is no package
   * @throws IllegalArgumentException if the tokenizer has ids that the model does not score
   */
  public ModelPackage write(Map<String, ModelProto> graphs, Map<String, Object> config, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    Map<String, String> digests = new TreeMap<>();
    for (Map.Entry<String, ModelProto> graph : graphs.entrySet()) {
      OnnxFile.write(graph.getValue(), folder.resolve(graph.getKey()));
      digests.put(graph.getKey(), "");
    }
    Files.copy(tokenizer, folder.resolve(TOKENIZER), StandardCopyOption.REPLACE_EXISTING);
    writeJson(folder.resolve("config.json"), config);
    writeJson(folder.resolve("generation_config.json"), generation());
    for (String name : List.of(TOKENIZER, "config.json", "generation_config.json")) {
      digests.put(name, "");
    }
    for (Map.Entry<String, String> file : digests.entrySet()) {
      file.setValue(FileDigest.sha256(folder.resolve(file.getKey())));
    }
    writeJson(folder.resolve(DESCRIPTION), model(digests));
    ModelPackage written = ModelPackage.open(folder);
    if (written.vocabularySize() > vocabulary) {
      throw new IllegalArgumentException(
          "the tokenizer has ids up to "
              + (written.vocabularySize() - 1)
              + ", but the model scores only "
              + vocabulary);
    }
    return written;
  }

  private static void requirePositions(String name, int length, int positions) {
    if (length > positions) {
      throw new IllegalArgumentException(
          name + " is " + length + ", but the model has only " + positions + " positions");
    }
  }

  private Map<String, Object> model(Map<String, String> digests) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("task", "translation");
    model.put("id", description.model().id());
    model.put("version", description.model().version());
    model.put("files", digests);
    model.put("pairs", description.pairs());
    model.put("maxTokens", description.maxTokens());
    model.put("card", description.card());
    return model;
  }

  private Map<String, Object> generation() {
    Map<String, Object> generation = new LinkedHashMap<>();
    addTokens(generation);
    generation.put("num_beams", description.generation().beams());
    generation.put("max_length", description.generation().maxLength());
    generation.put("length_penalty", description.generation().lengthPenalty());
    generation.put("early_stopping", false);
    return generation;
  }

  /** Says which tokens are special. */
  public static void addTokens(Map<String, Object> json) {
    json.put("decoder_start_token_id", TransformerShape.START);
    json.put("eos_token_id", TransformerShape.END);
    json.put("pad_token_id", TransformerShape.PAD);
  }

  private static void writeJson(Path file, Map<String, Object> json) throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(lines);
    Files.writeString(file, new JsonMapper().writer(printer).writeValueAsString(json) + "\n");
  }
}
