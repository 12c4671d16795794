package io.headwater.trainer.quantize;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.models.FileDigest;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The description of a sentiment package that was made from another: the same, but its graph. */
public final class DerivedPackage {
  /** The graph's file. */
  public static final String GRAPH = "model.onnx";

  /** The tokenizer's file. */
  public static final String TOKENIZER = "tokenizer.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private DerivedPackage() {}

  /**
   * Writes {@code model.json} for the graph and the tokenizer that are there, and {@code
   * README.md}.
   *
   * @param source gives labels, languages and how texts are cut
   * @param id what the package is called
   * @param card what a person should know of it
   * @param cpuOnly whether its graph has operators that only the CPU runs
   * @throws IOException if a file cannot be read or written
   */
  public static void describe(
      ModelPackage source, ModelId id, ModelCard card, String readme, boolean cpuOnly, Path folder)
      throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("task", source.task()).put("id", id.id()).put("version", id.version());
    ObjectNode files = json.putObject("files");
    for (String name : List.of(GRAPH, TOKENIZER)) {
      files.put(name, FileDigest.sha256(folder.resolve(name)));
    }
    ArrayNode labels = json.putArray("labels");
    source.labels().forEach(labels::add);
    ArrayNode languages = json.putArray("languages");
    source.languages().forEach(languages::add);
    json.put("maxTokens", source.maxTokens())
        .put("textPrefix", source.textPrefix())
        .put("pooling", source.pooling().name().toLowerCase(Locale.ROOT));
    if (cpuOnly) {
      json.put("cpuOnly", true);
    }
    ObjectNode written = json.putObject("card");
    written
        .put("summary", card.summary())
        .put("licence", card.licence())
        .put("origin", card.origin())
        .put("training", card.training());
    ObjectNode figures = written.putObject("quality");
    card.quality().forEach(figures::put);
    Files.writeString(folder.resolve("model.json"), JSON.writeValueAsString(json) + "\n");
    Files.writeString(folder.resolve("README.md"), readme);
  }
}
