package io.headwater.scorer.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts segments by length and cuts them into the batches that cost least within a budget of
 * tokens, where a batch costs its tokens with padding and what every call costs. Every segment is
 * in exactly one batch. Why: on a CPU, first-come batches padded to their longest segment are
 * slower than no batches at all (docs/architecture.md, decision 4), and so are many calls for a few
 * short messages (docs/performance.md).
 */
public final class BatchCutter {
  /** Where few segments are shared among calls side by side, no share is smaller. */
  private static final int SMALLEST_SHARE = 64;

  private final BatchBudget budget;

  public BatchCutter(BatchBudget budget) {
    this.budget = budget;
  }

  /** The batches, longest segments first; segments of equal length stay in their given order. */
  public List<List<SegmentSlot>> cut(List<SegmentSlot> segments) {
    return cut(segments, 1);
  }

  /**
   * The batches for a model that runs several side by side. Few segments are cut into smaller
   * batches than the budget allows, so that each call has its share.
   *
   * @param calls how many run side by side
   */
  public List<List<SegmentSlot>> cut(List<SegmentSlot> segments, int calls) {
    long tokens = calls == 1 ? budget.tokens() : Math.min(budget.tokens(), share(segments, calls));
    List<SegmentSlot> sorted = new ArrayList<>(segments);
    sorted.sort(Comparator.comparingInt(SegmentSlot::length).reversed());
    int[] begins = cheapest(sorted.stream().mapToInt(SegmentSlot::length).toArray(), tokens);
    List<List<SegmentSlot>> batches = new ArrayList<>();
    for (int end = sorted.size(); end > 0; end = begins[end]) {
      batches.add(List.copyOf(sorted.subList(begins[end], end)));
    }
    Collections.reverse(batches);
    return batches;
  }

  /** Tokens of a batch such that each call has one, with room for as much padding as pays. */
  private long share(List<SegmentSlot> segments, int calls) {
    long all = segments.stream().mapToLong(SegmentSlot::length).sum();
    return Math.max(SMALLEST_SHARE, (all + calls - 1) / calls + budget.callTokens());
  }

  /**
   * Where the last batch of the first so many segments begins, when all of them cost least: the
   * shortest path over the places at which batches may end. A batch has neighbours only, as any
   * other choice pads more.
   *
   * @param lengths of the segments, the longest first
   */
  private int[] cheapest(int[] lengths, long tokens) {
    int[] begins = new int[lengths.length + 1];
    long[] costs = new long[lengths.length + 1];
    Arrays.fill(costs, 1, costs.length, Long.MAX_VALUE);
    for (int end = 1; end < costs.length; end++) {
      for (int begin = end - 1; begin >= 0; begin--) {
        long padded = (long) lengths[begin] * (end - begin);
        // The more segments, the longer the first: what does not pay for this one pays for none.
        boolean shares = end - begin > 1;
        boolean lastPays = lengths[begin] - lengths[end - 1] <= budget.callTokens();
        if (shares && (padded > tokens || !lastPays)) {
          break;
        }
        long cost = costs[begin] + budget.callTokens() + padded;
        // Of those that cost alike, the one of fewer calls.
        if (cost <= costs[end]) {
          costs[end] = cost;
          begins[end] = begin;
        }
      }
    }
    return begins;
  }
}
