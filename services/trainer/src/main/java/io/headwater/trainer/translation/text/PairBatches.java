package io.headwater.trainer.translation.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Cuts pairs into batches of near-equal length within a budget of tokens, padding included. The
 * order of the batches, and which of the equally long pairs meet, are drawn from a seed: the same
 * seed gives the same batches.
 */
public final class PairBatches {
  private final List<TokenPair> pairs;
  private final int tokens;

  /**
   * Batches over pairs.
   *
   * @param tokens most target tokens of a batch; also bounds its source tokens
   */
  public PairBatches(List<TokenPair> pairs, int tokens) {
    this.pairs = List.copyOf(pairs);
    this.tokens = tokens;
  }

  /** All pairs, once, in the batches of one pass. */
  public List<List<TokenPair>> pass(long seed) {
    Random random = new Random(seed);
    List<TokenPair> order = new ArrayList<>(pairs);
    Collections.shuffle(order, random);
    order.sort(
        Comparator.<TokenPair>comparingInt(pair -> pair.target().length)
            .thenComparingInt(pair -> pair.source().length));
    List<List<TokenPair>> batches = new ArrayList<>();
    List<TokenPair> open = new ArrayList<>();
    int longest = 0;
    for (TokenPair pair : order) {
      int next = Math.max(longest, pair.longest());
      if (!open.isEmpty() && (long) next * (open.size() + 1) > tokens) {
        batches.add(List.copyOf(open));
        open.clear();
        next = pair.longest();
      }
      open.add(pair);
      longest = next;
    }
    if (!open.isEmpty()) {
      batches.add(List.copyOf(open));
    }
    Collections.shuffle(batches, random);
    return batches;
  }
}
