package io.headwater.trainer.diagnosis;

import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.graph.TemperatureGraph;
import io.headwater.trainer.quantize.DerivedPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** Writes a package whose graph has a temperature inside. */
public final class TemperedPackage {
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
        TemperatureGraph.of(OnnxFile.read(source.graphFile()), temperature),
        folder.resolve(DerivedPackage.GRAPH));
    Files.copy(
        source.tokenizerFile(),
        folder.resolve(DerivedPackage.TOKENIZER),
        StandardCopyOption.REPLACE_EXISTING);
    String how = String.format(Locale.ROOT, "temperature %.4f, fitted on %s", temperature, fitted);
    describe(source, how, id, folder);
    ModelPackage written = ModelPackage.open(folder);
    DerivedPackage.requireInvariant(written);
    return written;
  }

  private static void describe(ModelPackage source, String how, ModelId id, Path folder)
      throws IOException {
    ModelCard card =
        new ModelCard(
            source.card().summary(),
            source.card().licence(),
            source.id() + " with a temperature; " + source.card().origin(),
            source.card().training() + "; headwater diagnose: " + how,
            source.card().quality());
    String readme =
        """
        # %s, %s

        %s with its logits divided inside the graph (%s; Guo et al. 2017). It makes the same
        predictions and is as sure of them as it is right.
        """
            .formatted(id.id(), id.version(), source.id(), how);
    DerivedPackage.describe(source, id, card, readme, source.isCpuOnly(), folder);
  }
}
