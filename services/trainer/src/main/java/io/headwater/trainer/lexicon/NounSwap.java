package io.headwater.trainer.lexicon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Puts a rare noun in the place of a known one, in a sentence and in its translation (Fadaee,
 * Bisazza and Monz 2017, Data Augmentation for Low-Resource Neural Machine Translation). Both nouns
 * have the same gender, so that articles and endings stay right. No language model is asked whether
 * the sentence is likely: that a model learns the word in a sentence is enough.
 */
final class NounSwap {
  private final Map<String, Entry> known;
  private final Map<Gender, WeightedChoice<Entry>> rare;

  /**
   * A swap.
   *
   * @param known nouns that may be replaced, by their German form
   * @param rare nouns to put in their place
   */
  NounSwap(Map<String, Entry> known, Map<Gender, WeightedChoice<Entry>> rare) {
    this.known = Map.copyOf(known);
    this.rare = Map.copyOf(rare);
  }

  /** The pair with one noun replaced; empty if none of its nouns can be. */
  Optional<MadePair> of(MadePair pair, RandomGenerator random) {
    List<Swap> swaps = new ArrayList<>();
    for (String word : Words.german(pair.source())) {
      Entry noun = known.get(word);
      if (noun != null
          && once(word, pair.source())
          && EnglishNouns.replaced(pair.target(), noun.english(), noun.english()).isPresent()) {
        noun.gender().map(rare::get).ifPresent(others -> swaps.add(new Swap(noun, others)));
      }
    }
    if (swaps.isEmpty()) {
      return Optional.empty();
    }
    Swap swap = swaps.get(random.nextInt(swaps.size()));
    Entry in = swap.in().next(random);
    return EnglishNouns.replaced(pair.target(), swap.out().english(), in.english())
        .map(
            target ->
                new MadePair(replaced(pair.source(), swap.out().german(), in.german()), target));
  }

  private record Swap(Entry out, WeightedChoice<Entry> in) {}

  private static boolean once(String word, String text) {
    return text.indexOf(word) == text.lastIndexOf(word);
  }

  private static String replaced(String sentence, String word, String by) {
    int start = sentence.indexOf(word);
    return sentence.substring(0, start) + by + sentence.substring(start + word.length());
  }
}
