package io.headwater.peers.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a model package, and what its {@code model.json} says of them.
 *
 * @param maxTokens longest input, special tokens included
 * @param textPrefix put before each text; empty for none
 */
public record PackageFolder(Path folder, List<String> labels, int maxTokens, String textPrefix) {

  /** Keeps a copy of the labels. */
  public PackageFolder {
    labels = List.copyOf(labels);
  }

  /**
   * Reads {@code model.json}.
   *
   * @throws IOException if there is none, or it lacks labels or a length
   */
  public static PackageFolder read(Path folder) throws IOException {
    JsonNode model = new ObjectMapper().readTree(folder.resolve("model.json").toFile());
    List<String> labels = new ArrayList<>();
    model.path("labels").forEach(label -> labels.add(label.asText()));
    int maxTokens = model.path("maxTokens").asInt();
    if (labels.isEmpty() || maxTokens < 1) {
      throw new IOException(folder + "/model.json names no labels or no maxTokens");
    }
    return new PackageFolder(folder, labels, maxTokens, model.path("textPrefix").asText(""));
  }

  /** The graph. */
  public Path graph() {
    return folder.resolve("model.onnx");
  }

  /** The Hugging Face tokenizer. */
  public Path tokenizer() {
    return folder.resolve("tokenizer.json");
  }
}
