package io.headwater.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a package says about itself: the content of {@code model.json}.
 *
 * @param task what the model does; {@code sentiment} so far
 * @param model its id and version
 * @param files SHA-256, in hex, by file name
 * @param labels what the graph's outputs mean, in their order
 * @param languages BCP 47 codes that the model reads
 * @param maxTokens longest segment that the graph takes, special tokens included
 * @param textPrefix put before each segment, as some encoders expect; empty for none
 * @param card what a person should know
 */
record ModelDescriptor(
    String task,
    ModelId model,
    Map<String, String> files,
    List<String> labels,
    Set<String> languages,
    int maxTokens,
    String textPrefix,
    ModelCard card) {

  static final String FILE = "model.json";
  static final String GRAPH = "model.onnx";
  static final String TOKENIZER = "tokenizer.json";
  static final Set<String> SENTIMENT_LABELS = Set.of("negative", "neutral", "positive");

  ModelDescriptor {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    labels = List.copyOf(labels);
    languages = Collections.unmodifiableSet(new TreeSet<>(languages));
    Objects.requireNonNull(textPrefix, "textPrefix");
    require(task.equals("sentiment"), "task \"" + task + "\" is not known; known: sentiment");
    requireSentimentLabels(labels);
    require(!languages.isEmpty(), "languages is empty; name at least one, such as \"en\"");
    require(maxTokens >= 8, "maxTokens is " + maxTokens + "; at least 8 are needed");
    for (String name : List.of(GRAPH, TOKENIZER)) {
      require(files.containsKey(name), "files does not list " + name);
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      require(
          !file.getKey().contains("/") && !file.getKey().contains("\\"),
          "files lists \"" + file.getKey() + "\"; files lie in the folder itself");
      require(
          file.getValue().matches("[0-9a-f]{64}"),
          "the sha256 of " + file.getKey() + " is not 64 hex digits in lower case");
    }
  }

  private static void requireSentimentLabels(List<String> labels) {
    require(
        SENTIMENT_LABELS.containsAll(labels)
            && labels.contains("negative")
            && labels.contains("positive")
            && Set.copyOf(labels).size() == labels.size(),
        "labels are "
            + labels
            + "; a sentiment model has negative and positive, may have neutral, each once");
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }

  /** The keys of {@code model.json}; absent ones arrive as null and are reported by name. */
  record Json(
      @JsonProperty(required = true) String task,
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) String version,
      @JsonProperty(required = true) Map<String, String> files,
      @JsonProperty(required = true) List<String> labels,
      @JsonProperty(required = true) Set<String> languages,
      @JsonProperty(required = true) int maxTokens,
      @JsonProperty(defaultValue = "") @Nullable String textPrefix,
      @JsonProperty(required = true) ModelCard card) {

    ModelDescriptor toDescriptor() {
      return new ModelDescriptor(
          task,
          new ModelId(id, version),
          files,
          labels,
          languages,
          maxTokens,
          textPrefix == null ? "" : textPrefix,
          card);
    }
  }
}
