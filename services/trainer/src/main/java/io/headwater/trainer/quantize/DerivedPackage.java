package io.headwater.trainer.quantize;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.models.FileDigest;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The description of a sentiment package that was made from another: the same, but its graph. */
public final class DerivedPackage {
  /** The graph's file. */
  public static final String GRAPH = "model.onnx";

  /** The tokenizer's file. */
  public static final String TOKENIZER = "tokenizer.json";

  private static final int PROVED = 24;
  private static final int LONGEST = 40;

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

  /**
   * Does nothing if texts score the same bits alone and in a batch of unequal lengths.
   *
   * @throws IllegalStateException if a score of the package depends on its batch
   */
  public static void requireInvariant(ModelPackage written) {
    Random random = new Random(1);
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < PROVED; i++) {
      int length = Math.min(written.maxTokens(), 1 + random.nextInt(LONGEST));
      rows.add(random.ints(length, 0, written.vocabularySize()).toArray());
    }
    try (SentimentEngine engine = SentimentEngine.open(written, EngineOptions.cpu())) {
      float[][] together = engine.probabilities(rows);
      for (int i = 0; i < PROVED; i++) {
        float[] alone = engine.probabilities(List.of(rows.get(i)))[0];
        if (!Arrays.equals(alone, together[i])) {
          throw new IllegalStateException(
              written.id() + " scores a text differently alone and in a batch");
        }
      }
    }
  }
}
