package io.headwater.trainer.sentiment;

import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.learning.FinishedRun;
import io.headwater.trainer.network.TrainableClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The folder of a finished training, from which packages are written. */
public final class RunFiles {
  private final Path folder;

  /** A folder that {@link SentimentTrainer} wrote. */
  public RunFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes a package of the best weights.
   *
   * @param temperature what logits are divided by; 1 leaves them
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if the folder holds no finished training
   */
  public ModelPackage export(ModelId id, float temperature, Path out) throws IOException {
    FinishedRun run = new FinishedRun(folder);
    Configuration configuration = Configuration.read(run.configuration());
    int vocabulary = run.vocabulary(configuration.maxTokens());
    TrainableClassifier network = Networks.of(configuration, vocabulary, folder);
    return new SentimentPackage(
            id,
            configuration.data().languages(),
            Reading.of(configuration),
            card(configuration, temperature, run.quality()))
        .write(network.export(run.best(), temperature), run.tokenizer(), out);
  }

  private static ModelCard card(
      Configuration configuration, float temperature, Map<String, Double> quality) {
    String origin =
        configuration
            .pretrained()
            .map(begun -> begun.source().getFileName() + ", trained further")
            .orElseGet(
                () ->
                    "%d layers of width %d, trained from nothing"
                        .formatted(
                            configuration.model().orElseThrow().layers().size(),
                            configuration.model().orElseThrow().width()));
    String files =
        String.join(
            ", ",
            configuration.data().train().stream()
                .map(file -> String.valueOf(file.getFileName()))
                .toList());
    return new ModelCard(
        "Sentiment of text: negative, neutral or positive.",
        "unknown: name that of the data",
        origin,
        "headwater train on %s%s"
            .formatted(files, temperature == 1 ? "" : "; temperature " + temperature),
        quality);
  }
}
