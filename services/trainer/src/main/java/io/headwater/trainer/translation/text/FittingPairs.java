package io.headwater.trainer.translation.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Pairs that have room in a network.
 *
 * @param texts the pairs as texts
 * @param pairs the same as token ids
 * @param tooLong how many had no room
 */
public record FittingPairs(ParallelTexts texts, List<TokenPair> pairs, int tooLong) {
  /** Keeps the lists as they are. */
  public FittingPairs {
    pairs = List.copyOf(pairs);
  }

  /**
   * Leaves out what is too long.
   *
   * @param all the pairs as token ids, in the order of the texts
   * @param most tokens of either side
   */
  public static FittingPairs of(ParallelTexts texts, List<TokenPair> all, int most) {
    List<TokenPair> fitting = new ArrayList<>(all.size());
    List<String> sources = new ArrayList<>(all.size());
    List<String> targets = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).longest() <= most) {
        fitting.add(all.get(i));
        sources.add(texts.sources().get(i));
        targets.add(texts.targets().get(i));
      }
    }
    return new FittingPairs(
        new ParallelTexts(sources, targets), fitting, all.size() - fitting.size());
  }
}
