package io.headwater.trainer.diagnosis;

import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.graph.TemperatureGraph;
import io.headwater.trainer.quantize.DerivedPackage;
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
  private static final int PROVED = 24;
  private static final int LONGEST = 40;

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
    proveInvariant(written);
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
