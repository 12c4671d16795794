package io.headwater.trainer.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts segments of near-equal length together, so that little is wasted on padding. */
public final class LengthBatches {

  private static final int BATCH_TOKENS = 1024;

  private LengthBatches() {}

  /** The indices of all segments, in batches of about a thousand tokens, shortest first. */
  public static List<List<Integer>> of(List<int[]> segments) {
    List<Integer> order =
        IntStream.range(0, segments.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> segments.get(i).length))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    int from = 0;
    while (from < order.size()) {
      int to = from + 1;
      while (to < order.size()
          && (to + 1 - from) * segments.get(order.get(to)).length <= BATCH_TOKENS) {
        to++;
      }
      batches.add(order.subList(from, to));
      from = to;
    }
    return batches;
  }
}
