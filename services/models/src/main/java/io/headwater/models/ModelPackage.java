package io.headwater.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One version of one model: a folder whose files are there and are the ones its description names.
 * Immutable and safe for use by several threads.
 *
 * <p>A folder is either a package of ours ({@code model.json}, {@code model.onnx}, {@code
 * tokenizer.json}) or a sequence classification model as Hugging Face Optimum exports it ({@code
 * model.onnx}, {@code config.json}, {@code tokenizer.json}).
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

  /** What the model does: {@code sentiment}. */
  public String task() {
    return descriptor.task();
  }

  /** Where the package lies. */
  public Path folder() {
    return folder;
  }

  /** What the model's outputs mean, in their order. */
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

  /** One more than the tokenizer's largest id. */
  public int vocabularySize() {
    return tokenizer.vocabularySize();
  }

  /** The id that fills the shorter rows of a batch. */
  public int padId() {
    return tokenizer.padId();
  }

  /** SHA-256 of {@code model.onnx}, in hex. */
  public String modelDigest() {
    return digestOf(ModelDescriptor.GRAPH);
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

  /** The graph from token ids to probabilities or logits. */
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
