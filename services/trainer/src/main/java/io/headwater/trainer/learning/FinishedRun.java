package io.headwater.trainer.learning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.trainer.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The folder of a finished training, whatever its task: what packages are written from.
 *
 * @param folder that it was trained into
 */
public record FinishedRun(Path folder) {

  /**
   * Needs all that a training leaves behind.
   *
   * @throws IllegalArgumentException if the folder holds no finished training
   */
  public FinishedRun {
    Objects.requireNonNull(folder, "folder");
    Path best = new RunFolder(folder, Map.of()).bestWeights();
    for (Path file : List.of(configuration(folder), tokenizer(folder), report(folder), best)) {
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(
            "%s holds no finished training: there is no %s".formatted(folder, file.getFileName()));
      }
    }
  }

  /** Where the configuration lies in the folder of a training. */
  public static Path configuration(Path folder) {
    return folder.resolve("configuration.yaml");
  }

  /** Where the tokenizer lies in the folder of a training. */
  public static Path tokenizer(Path folder) {
    return folder.resolve("tokenizer.json");
  }

  static Path report(Path folder) {
    return folder.resolve("report.json");
  }

  /** The configuration. */
  public Path configuration() {
    return configuration(folder);
  }

  /** The tokenizer. */
  public Path tokenizer() {
    return tokenizer(folder);
  }

  /**
   * How many tokens the tokenizer knows.
   *
   * @throws IOException if it cannot be read
   */
  public int vocabulary(int maxTokens) throws IOException {
    return vocabulary(tokenizer(), maxTokens);
  }

  /**
   * How many tokens a tokenizer knows.
   *
   * @throws IOException if it cannot be read
   */
  public static int vocabulary(Path tokenizer, int maxTokens) throws IOException {
    try (PackageTokenizer opened = PackageTokenizer.open(tokenizer, maxTokens, "")) {
      return opened.vocabularySize();
    }
  }

  /**
   * The best weights.
   *
   * @throws IOException if they cannot be read
   */
  public Weights best() throws IOException {
    return WeightsFile.read(new RunFolder(folder, Map.of()).bestWeights());
  }

  /**
   * The figures of the report, for a card.
   *
   * @throws IOException if it cannot be read
   */
  public Map<String, Double> quality() throws IOException {
    Map<String, Double> quality = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> figure :
        new JsonMapper().readTree(report(folder).toFile()).path("quality").properties()) {
      quality.put(figure.getKey(), figure.getValue().doubleValue());
    }
    return quality;
  }
}
