package io.headwater.trainer.learning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Cuts rows into batches of similar length, so that little is wasted on padding; rows of one length
 * and the batches themselves are in another order in each pass. The same seed gives the same
 * batches.
 */
final class RowBatches {
  private final List<TokenRow> rows;
  private final int tokens;

  /**
   * Batches over rows.
   *
   * @param tokens most tokens of a batch, padding included; a longer row is a batch of its own
   */
  RowBatches(List<TokenRow> rows, int tokens) {
    this.rows = rows;
    this.tokens = tokens;
  }

  /** All rows, once, in the batches of one pass; every pass has as many. */
  List<List<TokenRow>> pass(long seed) {
    Random random = new Random(seed);
    List<TokenRow> order = new ArrayList<>(rows);
    Collections.shuffle(order, random);
    List<List<TokenRow>> batches = new ArrayList<>();
    for (List<Integer> batch : byLength(order, tokens)) {
      batches.add(batch.stream().map(order::get).toList());
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** The rows' places, shortest row first, in batches. */
  static List<List<Integer>> byLength(List<TokenRow> rows, int tokens) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> rows.get(i).ids().length));
    List<List<Integer>> batches = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= order.size(); to++) {
      boolean last = to == order.size();
      if (last || (long) rows.get(order.get(to)).ids().length * (to + 1 - from) > tokens) {
        batches.add(order.subList(from, to));
        from = to;
      }
    }
    return batches;
  }
}
