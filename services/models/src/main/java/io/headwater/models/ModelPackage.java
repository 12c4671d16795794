package io.headwater.models;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One version of one model: a folder whose files are there and are the ones its description names.
 * Immutable and safe for use by several threads.
 *
 * <p>A folder is either a package of ours, with a {@code model.json}, or a sequence classification
 * or translation model as Hugging Face Optimum exports it, with a {@code config.json}; both have a
 * {@code tokenizer.json}.
 */
public final class ModelPackage {

  private final Path folder;
  private final ModelDescriptor descriptor;
  private final TokenizerFile tokenizer;

  ModelPackage(Path folder, ModelDescriptor descriptor, TokenizerFile tokenizer) {
    this.folder = Objects.requireNonNull(folder, "folder");
    this.descriptor = Objects.requireNonNull(descriptor, "descriptor");
    this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
  }

  /**
   * Reads a folder and checks every file's hash, once, here.
   *
   * @throws InvalidModelPackageException with one line that names the folder and what is wrong
   */
  public static ModelPackage open(Path folder) {
    return PackageReader.read(folder, Optional.empty());
  }

  static ModelPackage open(Path folder, ModelId known) {
    return PackageReader.read(folder, Optional.of(known));
  }

  /** Name and version, as stamped on tokens and results. */
  public ModelId id() {
    return descriptor.model();
  }

  /** What the model does: {@code sentiment} or {@code translation}. */
  public String task() {
    return descriptor.task();
  }

  /** Where the package lies. */
  public Path folder() {
    return folder;
  }

  /** The graphs and settings of a translation model; empty for another task. */
  public Optional<TranslationFiles> translation() {
    return task().equals(ModelDescriptor.TRANSLATION)
        ? Optional.of(TranslationLayout.of(digests().keySet(), "it lacks ").in(folder))
        : Optional.empty();
  }

  /** The directions in which the model translates; none for another task. */
  public Set<LanguagePair> languagePairs() {
    return descriptor.pairs();
  }

  /**
   * Whether the model translates from one language, BCP 47, into another. A language with a region,
   * such as {@code pt-BR}, counts as the language alone where the model does not name it.
   */
  public boolean supports(String from, String to) {
    for (String source : names(from)) {
      for (String target : names(to)) {
        if (!source.equals(target) && languagePairs().contains(new LanguagePair(source, target))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the model writes a language, BCP 47, whichever it reads. */
  public boolean writes(String to) {
    Set<String> names = names(to);
    return languagePairs().stream().anyMatch(pair -> names.contains(pair.to()));
  }

  /** The codes under which a model may know a language; none if it is no code. */
  private static Set<String> names(String language) {
    if (!LanguageCodes.isTag(language)) {
      return Set.of();
    }
    String code = LanguageCodes.shortest(language);
    return new LinkedHashSet<>(List.of(code, LanguageCodes.languageOf(code)));
  }

  /**
   * The token that a model of many languages wants for one of them, BCP 47; empty for a model that
   * does not mark languages, or not this one.
   */
  public OptionalInt languageToken(String language) {
    return tokenizer.languageToken(language);
  }

  /** Whether the model is told by tokens which languages it reads and writes. */
  public boolean marksLanguages() {
    return !tokenizer.languageTokens().isEmpty();
  }

  /** What the model's outputs mean, in their order; none for translation. */
  public List<String> labels() {
    return descriptor.labels();
  }

  /** Longest segment that the model takes, special tokens included. */
  public int maxTokens() {
    return descriptor.maxTokens();
  }

  /** BCP 47 codes of the languages that the model reads. */
  public Set<String> languages() {
    return descriptor.languages();
  }

  /** Put before each segment of a text, as some encoders expect; empty for none. */
  public String textPrefix() {
    return descriptor.textPrefix();
  }

  /** How the graph makes one vector of its tokens' vectors, where it classifies. */
  public Pooling pooling() {
    return descriptor.pooling();
  }

  /** Whether the graph has operators that only the CPU runs, such as those of 8-bit integers. */
  public boolean isCpuOnly() {
    return descriptor.cpuOnly();
  }

  /** One more than the tokenizer's largest id. */
  public int vocabularySize() {
    return tokenizer.vocabularySize();
  }

  /** The id that fills the shorter rows of a batch. */
  public int padId() {
    return tokenizer.padId();
  }

  /**
   * SHA-256, in hex, of {@code model.onnx}; for translation, which has several graphs, that of
   * their lines {@code name:sha256}, sorted by name, each ended by a line feed.
   */
  public String modelDigest() {
    return ModelDescriptor.graphDigest(digests());
  }

  /** SHA-256 of {@code tokenizer.json}, in hex. */
  public String tokenizerDigest() {
    return digestOf(ModelDescriptor.TOKENIZER);
  }

  /** SHA-256, in hex, of each file of the package, by file name. */
  public Map<String, String> digests() {
    return descriptor.files();
  }

  /** What a person should know before trusting the model. */
  public ModelCard card() {
    return descriptor.card();
  }

  /** The graph from token ids to probabilities or logits; none for translation. */
  public Path graphFile() {
    return folder.resolve(ModelDescriptor.GRAPH);
  }

  /** The tokenizer in the format of Hugging Face's fast tokenizers. */
  public Path tokenizerFile() {
    return folder.resolve(ModelDescriptor.TOKENIZER);
  }

  private String digestOf(String name) {
    return Objects.requireNonNull(descriptor.files().get(name), name);
  }

  @Override
  public String toString() {
    return id() + " in " + folder;
  }
}
