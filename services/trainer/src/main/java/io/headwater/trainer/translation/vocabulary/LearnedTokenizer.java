package io.headwater.trainer.translation.vocabulary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Makes the tokenizer that a configuration asks for. */
public final class LearnedTokenizer {
  private LearnedTokenizer() {}

  /**
   * Learns a vocabulary, and writes its {@code tokenizer.json}.
   *
   * @param size most tokens; the texts may have fewer
   * @param tell hears what there is
   * @throws IOException if the file cannot be written
   */
  public static void write(List<String> texts, int size, Path file, Consumer<String> tell)
      throws IOException {
    Vocabulary vocabulary = BytePairLearner.learn(texts, size);
    TokenizerFileWriter.write(vocabulary, file);
    tell.accept(
        String.format(
            Locale.ROOT,
            "a vocabulary of %,d tokens from %,d texts",
            vocabulary.size(),
            texts.size()));
    if (vocabulary.size() < size) {
      tell.accept(
          String.format(
              Locale.ROOT, "model.vocabulary asks for %,d: the texts have no more", size));
    }
  }
}
