package io.headwater.trainer.config;

import io.headwater.trainer.tensor.WeightSpec.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A network that begins as an ONNX graph.
 *
 * @param source a package's folder, an encoder's folder, or the jar of an encoder
 * @param tokenizerPatch a file with changes to its tokenizer, see {@link
 *     io.headwater.trainer.data.TokenizerPatch}
 * @param frozen kinds of weights that stay as they are
 * @param attentionDropout share of attention weights silenced while training
 * @param dropout share of what blocks add that is silenced
 * @param maxTokens longest text, special tokens included
 */
public record PretrainedSettings(
    Path source,
    Optional<Path> tokenizerPatch,
    Set<Kind> frozen,
    double attentionDropout,
    double dropout,
    int maxTokens) {
  private static final int MOST = 512;

  /** Copies the set. */
  public PretrainedSettings {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(tokenizerPatch, "tokenizerPatch");
    frozen = new TreeSet<>(frozen);
  }

  static PretrainedSettings read(Section model) {
    Set<Kind> frozen = new TreeSet<>();
    List<String> names = model.texts("freeze");
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals("embeddings")) {
        frozen.add(Kind.EMBEDDING);
      } else {
        model.fault("freeze[" + i + "]", "is \"" + names.get(i) + "\"; known: embeddings");
      }
    }
    return new PretrainedSettings(
        Path.of(model.text("pretrained").orElse("missing")),
        model.text("tokenizerPatch").map(Path::of),
        frozen,
        model.share("attentionDropout", 0.1),
        model.share("dropout", 0.1),
        model.whole("maxTokens", MOST, 2, MOST));
  }
}
