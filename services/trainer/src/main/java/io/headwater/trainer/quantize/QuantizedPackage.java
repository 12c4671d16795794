package io.headwater.trainer.quantize;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.models.FileDigest;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.graph.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;

/** Writes the package of a quantised model from that of the model itself. */
public final class QuantizedPackage {
  /** The activation scales, beside the graph that was made with them. */
  public static final String CALIBRATION = "calibration.json";

  private static final String GRAPH = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private QuantizedPackage() {}

  /**
   * Writes graph and tokenizer.
   *
   * @throws IOException if a file cannot be read or written
   */
  public static void writeFiles(ModelPackage source, Calibration calibration, Path out)
      throws IOException {
    Files.createDirectories(out);
    OnnxFile.write(
        QuantizedGraph.of(OnnxFile.read(source.graphFile()), calibration), out.resolve(GRAPH));
    Files.copy(source.tokenizerFile(), out.resolve(TOKENIZER), StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Writes a whole package: files, scales, and a description with a card that says how it was made.
   *
   * @param id what it is called
   * @param quality measured figures of it
   * @throws IOException if a file cannot be read or written
   */
  static void write(
      ModelPackage source,
      Calibration calibration,
      ModelId id,
      Map<String, Double> quality,
      Path out)
      throws IOException {
    writeFiles(source, calibration, out);
    calibration.write(out.resolve(CALIBRATION));
    describe(source, calibration, id, quality, out);
  }

  /** Writes {@code model.json} and {@code README.md} for the files that are there. */
  static void describe(
      ModelPackage source,
      Calibration calibration,
      ModelId id,
      Map<String, Double> quality,
      Path out)
      throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("task", source.task()).put("id", id.id()).put("version", id.version());
    ObjectNode files = json.putObject("files");
    for (String name : new String[] {GRAPH, TOKENIZER}) {
      files.put(name, FileDigest.sha256(out.resolve(name)));
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
        .put(
            "origin",
            source.id() + " with 8-bit integers in its linear layers; " + source.card().origin())
        .put(
            "training",
            "headwater models quantize, scales from %d texts".formatted(calibration.texts()));
    ObjectNode figures = card.putObject("quality");
    quality.forEach(figures::put);
    Files.writeString(out.resolve("model.json"), JSON.writeValueAsString(json) + "\n");
    Files.writeString(
        out.resolve("README.md"),
        """
        # %s, %s

        %s with 8-bit integers in its linear layers, made by `headwater models quantize`. The scales in `%s` are
        fixed, so a text's score does not depend on what else is in its batch.
        """
            .formatted(id.id(), id.version(), source.id(), CALIBRATION));
  }
}
