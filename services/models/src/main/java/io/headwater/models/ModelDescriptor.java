package io.headwater.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a package says about itself: the content of {@code model.json}.
 *
 * @param task what the model does: {@code sentiment} or {@code translation}
 * @param model its id and version
 * @param files SHA-256, in hex, by file name
 * @param labels what the graph's outputs mean, in their order; none for translation
 * @param languages BCP 47 codes that the model reads
 * @param pairs the directions of a translation model; none for another task
 * @param maxTokens longest segment that the graph takes, special tokens included
 * @param textPrefix put before each segment, as some encoders expect; empty for none
 * @param pooling how a sentiment model makes one vector of its tokens' vectors; explanations start
 *     there
 * @param cpuOnly whether the graph has operators that only the CPU runs
 * @param card what a person should know
 */
record ModelDescriptor(
    String task,
    ModelId model,
    Map<String, String> files,
    List<String> labels,
    Set<String> languages,
    Set<LanguagePair> pairs,
    int maxTokens,
    String textPrefix,
    Pooling pooling,
    boolean cpuOnly,
    ModelCard card) {

  static final String FILE = "model.json";
  static final String GRAPH = "model.onnx";
  static final String TOKENIZER = "tokenizer.json";
  static final String SENTIMENT = "sentiment";
  static final String TRANSLATION = "translation";
  static final Set<String> SENTIMENT_LABELS = Set.of("negative", "neutral", "positive");

  ModelDescriptor {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    labels = List.copyOf(labels);
    languages = Collections.unmodifiableSet(new TreeSet<>(languages));
    pairs = Collections.unmodifiableSet(new LinkedHashSet<>(pairs));
    Objects.requireNonNull(textPrefix, "textPrefix");
    Objects.requireNonNull(pooling, "pooling");
    switch (task) {
      case SENTIMENT -> {
        requireSentimentLabels(labels);
        require(pairs.isEmpty(), "a sentiment model has no pairs");
      }
      case TRANSLATION -> {
        require(labels.isEmpty(), "a translation model has no labels");
        requirePairs(pairs, languages);
      }
      default ->
          require(false, "task \"" + task + "\" is not known; known: sentiment, translation");
    }
    require(!languages.isEmpty(), "languages is empty; name at least one, such as \"en\"");
    require(maxTokens >= 8, "maxTokens is " + maxTokens + "; at least 8 are needed");
    if (task.equals(SENTIMENT)) {
      require(files.containsKey(GRAPH), "files does not list " + GRAPH);
    } else {
      TranslationLayout.of(files.keySet(), "files does not list ");
    }
    require(files.containsKey(TOKENIZER), "files does not list " + TOKENIZER);
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

  private static void requirePairs(Set<LanguagePair> pairs, Set<String> languages) {
    require(
        !pairs.isEmpty(),
        "a translation model needs pairs, such as [{\"from\": \"de\", \"to\": \"en\"}]");
    Set<String> sources = sources(pairs);
    require(
        languages.equals(sources),
        "languages are " + languages + ", but the pairs translate from " + sources);
  }

  /** The languages that some pairs translate from, sorted. */
  static Set<String> sources(Set<LanguagePair> pairs) {
    return pairs.stream().map(LanguagePair::from).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * SHA-256 of a model's graphs: that of {@code model.onnx}, or, where there are several, that of
   * the lines {@code name:sha256} of all of them, sorted by name.
   */
  static String graphDigest(Map<String, String> files) {
    String only = files.get(GRAPH);
    if (only != null) {
      return only;
    }
    return FileDigest.sha256OfText(
        new TreeMap<>(files)
            .entrySet().stream()
                .filter(file -> file.getKey().contains(".onnx"))
                .map(file -> file.getKey() + ":" + file.getValue() + "\n")
                .collect(Collectors.joining()));
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
      @Nullable List<String> labels,
      @Nullable Set<String> languages,
      @Nullable List<LanguagePair> pairs,
      @JsonProperty(required = true) int maxTokens,
      @JsonProperty(defaultValue = "") @Nullable String textPrefix,
      @JsonProperty(defaultValue = "first") @Nullable Pooling pooling,
      @JsonProperty(defaultValue = "false") @Nullable Boolean cpuOnly,
      @JsonProperty(required = true) ModelCard card) {

    ModelDescriptor toDescriptor() {
      boolean sentiment = task.equals(SENTIMENT);
      require(!sentiment || labels != null, "its JSON does not fit: labels are missing");
      require(!sentiment || languages != null, "its JSON does not fit: languages are missing");
      Set<LanguagePair> directions = pairs == null ? Set.of() : new LinkedHashSet<>(pairs);
      return new ModelDescriptor(
          task,
          new ModelId(id, version),
          files,
          labels == null ? List.of() : labels,
          languages == null ? sources(directions) : languages,
          directions,
          maxTokens,
          textPrefix == null ? "" : textPrefix,
          pooling == null ? Pooling.FIRST : pooling,
          cpuOnly != null && cpuOnly,
          card);
    }
  }
}
