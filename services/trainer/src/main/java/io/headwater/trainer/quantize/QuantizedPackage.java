package io.headwater.trainer.quantize;

import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.graph.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Writes the package of a quantised model from that of the model itself. */
public final class QuantizedPackage {
  /** The activation scales, beside the graph that was made with them. */
  public static final String CALIBRATION = "calibration.json";

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
        QuantizedGraph.of(OnnxFile.read(source.graphFile()), calibration),
        out.resolve(DerivedPackage.GRAPH));
    Files.copy(
        source.tokenizerFile(),
        out.resolve(DerivedPackage.TOKENIZER),
        StandardCopyOption.REPLACE_EXISTING);
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
    ModelCard card =
        new ModelCard(
            source.card().summary(),
            source.card().licence(),
            source.id() + " with 8-bit integers in its linear layers; " + source.card().origin(),
            "headwater models quantize, scales from %d texts".formatted(calibration.texts()),
            quality);
    String readme =
        """
        # %s, %s

        %s with 8-bit integers in its linear layers, made by `headwater models quantize`. The scales in `%s` are
        fixed, so a text's score does not depend on what else is in its batch.
        """
            .formatted(id.id(), id.version(), source.id(), CALIBRATION);
    DerivedPackage.describe(source, id, card, readme, true, out);
  }
}
