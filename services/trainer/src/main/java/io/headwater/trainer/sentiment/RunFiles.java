package io.headwater.trainer.sentiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.learning.RunFolder;
import io.headwater.trainer.learning.WeightsFile;
import io.headwater.trainer.network.TrainableClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The folder of a finished training, from which packages are written. */
public final class RunFiles {
  static final String TOKENIZER = "tokenizer.json";
  static final String CONFIGURATION = "configuration.yaml";
  static final String REPORT = "report.json";

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
    Path weights = new RunFolder(folder, Map.of()).bestWeights();
    for (String name : new String[] {CONFIGURATION, TOKENIZER, REPORT}) {
      require(folder.resolve(name));
    }
    require(weights);
    Configuration configuration = Configuration.read(folder.resolve(CONFIGURATION));
    Path tokenizer = folder.resolve(TOKENIZER);
    int vocabulary;
    try (PackageTokenizer opened =
        PackageTokenizer.open(tokenizer, configuration.maxTokens(), "")) {
      vocabulary = opened.vocabularySize();
    }
    TrainableClassifier network = Networks.of(configuration, vocabulary, folder);
    return new SentimentPackage(
            id,
            configuration.data().languages(),
            Reading.of(configuration),
            card(configuration, temperature))
        .write(network.export(WeightsFile.read(weights), temperature), tokenizer, out);
  }

  private void require(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "%s holds no finished training: there is no %s".formatted(folder, file.getFileName()));
    }
  }

  private ModelCard card(Configuration configuration, float temperature) throws IOException {
    Map<String, Double> quality = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> figure :
        new JsonMapper().readTree(folder.resolve(REPORT).toFile()).path("quality").properties()) {
      quality.put(figure.getKey(), figure.getValue().doubleValue());
    }
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
