package io.headwater.trainer.lexicon;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How often each word is in some texts. */
public final class WordCounts {
  private final Map<String, Integer> counts = new HashMap<>();
  private final Function<String, List<String>> words;

  private WordCounts(Function<String, List<String>> words) {
    this.words = words;
  }

  /** Counts of English words, whatever their case. */
  public static WordCounts english() {
    return new WordCounts(Words::english);
  }

  /** Counts of German words, each case for itself: a noun is not its verb. */
  public static WordCounts german() {
    return new WordCounts(Words::german);
  }

  /** Adds the words of texts. */
  public WordCounts add(Collection<String> texts) {
    for (String text : texts) {
      for (String word : words.apply(text)) {
        counts.merge(word, 1, Integer::sum);
      }
    }
    return this;
  }

  /** How often a word was there; a word as {@link #words} has it. */
  int of(String word) {
    return counts.getOrDefault(word, 0);
  }

  /** How often the rarest word of a text was there; 0 for a text without words. */
  int rarest(String text) {
    return words(text).stream().mapToInt(this::of).min().orElse(0);
  }

  /** The words of a text, as they are counted. */
  List<String> words(String text) {
    return words.apply(text);
  }
}
