package io.headwater.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Describes a sequence classification model in the folder that Hugging Face Optimum exports: {@code
 * model.onnx} with an output {@code logits}, {@code config.json} with {@code id2label}, {@code
 * tokenizer.json}, and maybe {@code tokenizer_config.json}.
 *
 * <p>Such a folder says neither which version it is nor which languages it reads. The id is the
 * folder's name and the version comes from the graph's hash, unless a catalog names both. The
 * language is taken to be English; write a {@code model.json} to say otherwise.
 */
final class HuggingFaceFolder {

  private static final String CONFIG = "config.json";
  private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  /** RoBERTa and its kin count positions from the padding id on, which takes two of them. */
  private static final Set<String> OFFSET_POSITIONS =
      Set.of("roberta", "xlm-roberta", "camembert", "bertweet");

  private HuggingFaceFolder() {}

  static ModelDescriptor describe(Path folder, Optional<ModelId> known) throws IOException {
    for (String name : List.of(CONFIG, ModelDescriptor.GRAPH, ModelDescriptor.TOKENIZER)) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        throw new IllegalArgumentException(
            "it has no model.json, and as a Hugging Face export it lacks " + name);
      }
    }
    JsonNode config = new JsonMapper().readTree(folder.resolve(CONFIG).toFile());
    Map<String, String> files = new TreeMap<>();
    for (String name : List.of(ModelDescriptor.GRAPH, ModelDescriptor.TOKENIZER)) {
      files.put(name, FileDigest.sha256(folder.resolve(name)));
    }
    return new ModelDescriptor(
        ModelDescriptor.SENTIMENT,
        known.orElseGet(() -> idOf(folder, files)),
        files,
        labels(config),
        Set.of("en"),
        Set.of(),
        maxTokens(folder, config),
        "",
        Pooling.FIRST,
        false,
        new ModelCard(
            "A sequence classification model in the layout of Hugging Face Optimum.",
            "unknown",
            config.path("_name_or_path").asText("unknown"),
            "unknown",
            Map.of()));
  }

  private static ModelId idOf(Path folder, Map<String, String> files) {
    return idOf(folder, Objects.requireNonNull(files.get(ModelDescriptor.GRAPH), "digest"));
  }

  /** The id of a folder that no catalog names. */
  static ModelId idOf(Path folder, String digest) {
    String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    return new ModelId(name, "sha256-" + digest.substring(0, 12));
  }

  private static List<String> labels(JsonNode config) {
    JsonNode byId = config.path("id2label");
    List<String> labels = new ArrayList<>();
    for (int id = 0; byId.has(Integer.toString(id)); id++) {
      labels.add(byId.path(Integer.toString(id)).asText().toLowerCase(Locale.ROOT));
    }
    if (labels.isEmpty() || labels.size() != byId.size()) {
      throw new IllegalArgumentException(
          CONFIG + " has no id2label that names the labels 0, 1 and so on: " + byId);
    }
    return labels;
  }

  /** The longest segment that both the graph's positions and the tokenizer allow. */
  static int maxTokens(Path folder, JsonNode config) throws IOException {
    int positions = config.path("max_position_embeddings").asInt(512);
    if (OFFSET_POSITIONS.contains(config.path("model_type").asText())) {
      positions -= 2;
    }
    Path file = folder.resolve(TOKENIZER_CONFIG);
    if (!Files.isRegularFile(file)) {
      return positions;
    }
    // Some exports write "no limit" as 1e30, which the graph's positions then bound.
    double limit =
        new JsonMapper().readTree(file.toFile()).path("model_max_length").asDouble(positions);
    return (int) Math.min(positions, limit);
  }
}
