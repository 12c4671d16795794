package io.headwater.trainer.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Sentences with their translations.
 *
 * @param train to learn from
 * @param dev to choose by
 * @param from BCP 47 codes of the languages of the sources
 * @param to that of the translations
 * @param devRows most dev rows that are translated at an evaluation
 * @param lowerCased share of the training pairs that is added once more with its source in lower
 *     case
 * @param subwordDropout share of the tokenizer's merges that are left out, others in each pass
 */
public record PairSettings(
    List<Path> train,
    List<Path> dev,
    List<String> from,
    String to,
    int devRows,
    double lowerCased,
    double subwordDropout) {
  /** Copies the lists. */
  public PairSettings {
    train = List.copyOf(train);
    dev = List.copyOf(dev);
    from = List.copyOf(from);
    Objects.requireNonNull(to, "to");
  }

  static PairSettings read(Section data) {
    PairSettings settings =
        new PairSettings(
            data.files("train"),
            data.files("dev"),
            data.texts("from"),
            data.text("to").orElse("en"),
            data.whole("devRows", 500, 1, Integer.MAX_VALUE),
            data.fraction("lowerCased", 0.06),
            data.fraction("subwordDropout", 0));
    if (settings.train().isEmpty()) {
      data.fault("train", "is empty; at least one file of source TAB target");
    }
    if (settings.dev().isEmpty()) {
      data.fault("dev", "is empty; at least one file, to choose the best weights by");
    }
    if (settings.from().isEmpty()) {
      data.fault("from", "is empty; the language of the sources, such as [de]");
    }
    if (settings.from().contains(settings.to())) {
      data.fault("to", "is " + settings.to() + ", which is in data.from, too");
    }
    data.end();
    return settings;
  }
}
