package io.headwater.cli.tune;

import io.headwater.scorer.batch.SegmentSlot;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a call of a model costs beside its tokens: the time of a small batch, less what its tokens
 * take in a large one.
 */
final class CallCost {
  private static final int SHORT = 8;
  private static final int USUAL = 128;
  private static final int TIMES = 7;

  private CallCost() {}

  /**
   * In tokens.
   *
   * @param call runs a batch, and tells how long that took, in nanoseconds
   * @param tokens of a batch of the usual size
   * @param longest most tokens that a segment may have
   */
  static int of(ToLongFunction<List<SegmentSlot>> call, int tokens, int longest) {
    int usual = Math.min(USUAL, longest);
    int few = Math.min(SHORT, (usual + 1) / 2);
    List<SegmentSlot> small = List.of(slot(few));
    List<SegmentSlot> large = Collections.nCopies(Math.max(1, tokens / usual), slot(usual));
    // The first run of a shape allocates.
    var unused = call.applyAsLong(small) + call.applyAsLong(large);
    long[] smallNanos = new long[TIMES];
    long[] largeNanos = new long[TIMES];
    // In turns, so that whatever else the machine does falls on both.
    for (int i = 0; i < TIMES; i++) {
      smallNanos[i] = call.applyAsLong(small);
      largeNanos[i] = call.applyAsLong(large);
    }
    return tokens(median(smallNanos), few, median(largeNanos), large.size() * usual);
  }

  private static int tokens(double small, int few, double large, int largeTokens) {
    double token = (large - small) / Math.max(1, largeTokens - few);
    if (token <= 0) {
      // Tokens cost nothing as far as can be seen: one call for all of them.
      return largeTokens;
    }
    return (int) Math.max(0, Math.min(largeTokens, Math.round(small / token - few)));
  }

  private static SegmentSlot slot(int length) {
    int[] ids = new int[length];
    Arrays.fill(ids, 1);
    return new SegmentSlot(0, 0, ids);
  }

  private static double median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
