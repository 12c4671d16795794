package io.headwater.trainer.diagnosis;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.models.FileDigest;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.trainer.graph.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Writes a package whose graph has a temperature inside. */
public final class TemperedPackage {
  private static final String GRAPH = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";
  private static final int PROVED = 24;
  private static final int LONGEST = 40;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private TemperedPackage() {}

  /**
   * Writes graph, tokenizer, {@code model.json} and {@code README.md}. Measured figures stay: a
   * temperature changes no prediction.
   *
   * @param fitted what the temperature was fitted on, in words
   * @param folder new or empty
   * @throws IOException if a file cannot be read or written
   * @throws IllegalStateException if a score of the new package depends on its batch
   */
  public static ModelPackage write(
      ModelPackage source, double temperature, String fitted, ModelId id, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    OnnxFile.write(
        TemperatureGraph.of(OnnxFile.read(source.graphFile()), temperature), folder.resolve(GRAPH));
    Files.copy(
        source.tokenizerFile(), folder.resolve(TOKENIZER), StandardCopyOption.REPLACE_EXISTING);
    String how = String.format(Locale.ROOT, "temperature %.4f, fitted on %s", temperature, fitted);
    describe(source, how, id, folder);
    ModelPackage written = ModelPackage.open(folder);
    proveInvariant(written);
    return written;
  }

  private static void describe(ModelPackage source, String how, ModelId id, Path folder)
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
    ObjectNode card = json.putObject("card");
    card.put("summary", source.card().summary())
        .put("licence", source.card().licence())
        .put("origin", source.id() + " with a temperature; " + source.card().origin())
        .put("training", source.card().training() + "; headwater diagnose: " + how);
    ObjectNode quality = card.putObject("quality");
    source.card().quality().forEach(quality::put);
    Files.writeString(folder.resolve("model.json"), JSON.writeValueAsString(json) + "\n");
    Files.writeString(
        folder.resolve("README.md"),
        """
        # %s, %s

        %s with its logits divided inside the graph (%s; Guo et al. 2017). It makes the same
        predictions and is as sure of them as it is right.
        """
            .formatted(id.id(), id.version(), source.id(), how));
  }

  private static void proveInvariant(ModelPackage written) {
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
