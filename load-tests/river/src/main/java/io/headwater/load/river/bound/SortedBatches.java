package io.headwater.load.river.bound;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Cuts segments into batches as well as can be: all are known, and sorted by length. */
final class SortedBatches {
  private SortedBatches() {}

  /**
   * The batches, shortest segments first.
   *
   * @param budget most tokens of a batch, padding included; a longer segment stands alone
   */
  static List<List<int[]>> of(List<int[]> segments, int budget) {
    List<int[]> sorted = new ArrayList<>(segments);
    sorted.sort(Comparator.comparingInt(ids -> ids.length));
    List<List<int[]>> batches = new ArrayList<>();
    List<int[]> open = new ArrayList<>();
    for (int[] ids : sorted) {
      if (!open.isEmpty() && (long) ids.length * (open.size() + 1) > budget) {
        batches.add(List.copyOf(open));
        open.clear();
      }
      open.add(ids);
    }
    if (!open.isEmpty()) {
      batches.add(List.copyOf(open));
    }
    return batches;
  }
}
