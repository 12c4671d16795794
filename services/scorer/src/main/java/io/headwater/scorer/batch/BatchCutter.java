package io.headwater.scorer.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts segments by length and cuts them into batches of near-equal length within a budget of
 * tokens. Every segment is in exactly one batch. Why: on a CPU, first-come batches padded to their
 * longest segment are slower than no batches at all (docs/architecture.md, decision 4).
 */
public final class BatchCutter {
  /** A batch of fewer tokens is hardly faster than its segments one by one. */
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
    long all = segments.stream().mapToLong(SegmentSlot::length).sum();
    long tokens = Math.min(budget.tokens(), Math.max(SMALLEST_SHARE, (all + calls - 1) / calls));
    List<SegmentSlot> sorted = new ArrayList<>(segments);
    sorted.sort(Comparator.comparingInt(SegmentSlot::length).reversed());
    List<List<SegmentSlot>> batches = new ArrayList<>();
    List<SegmentSlot> open = new ArrayList<>();
    long real = 0;
    for (SegmentSlot segment : sorted) {
      if (!open.isEmpty() && !fits(open, real, segment, tokens)) {
        batches.add(List.copyOf(open));
        open.clear();
        real = 0;
      }
      open.add(segment);
      real += segment.length();
    }
    if (!open.isEmpty()) {
      batches.add(List.copyOf(open));
    }
    return batches;
  }

  private boolean fits(List<SegmentSlot> open, long real, SegmentSlot next, long tokens) {
    long padded = (long) open.get(0).length() * (open.size() + 1);
    long padding = padded - real - next.length();
    return padded <= tokens && padding <= budget.maxPadding() * padded;
  }
}
