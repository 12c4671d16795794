package io.headwater.trainer.learning;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where a training keeps its checkpoints and its best weights.
 *
 * @param path the folder
 * @param settings whatever else a checkpoint depends on, such as the network's sizes, by the names
 *     that a person knows it by; a checkpoint with others is refused
 */
public record RunFolder(Path path, Map<String, String> settings) {

  /** Copies the settings. */
  public RunFolder {
    Objects.requireNonNull(path, "path");
    settings = new LinkedHashMap<>(settings);
  }

  /** The weights that were best on the dev sets; read them with {@link WeightsFile}. */
  public Path bestWeights() {
    return path.resolve("best.weights");
  }

  Path checkpoint() {
    return path.resolve("checkpoint");
  }
}
