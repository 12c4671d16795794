package io.headwater.models.translation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts sources into batches. Only sources that are padded to the same length come together, and
 * that length depends on nothing but the source's own: the bits of an attention depend on the
 * length it runs over, padding included, so that a source must always be padded alike.
 */
final class BatchPlan {

  /** Padded lengths are multiples of this: coarse enough that sentences find company. */
  static final int STEP = 16;

  /**
   * Sources that are decoded together.
   *
   * @param sources their indices
   * @param length what they are padded to
   */
  record Batch(List<Integer> sources, int length) {}

  private BatchPlan() {}

  /** What a source of some length is padded to; never more than the model takes. */
  static int paddedLength(int length, int maxTokens) {
    return Math.min(maxTokens, (length + STEP - 1) / STEP * STEP);
  }

  /**
   * Plans batches.
   *
   * @param batchTokens most of rows times padded length, unless one source alone has more
   * @param rowsEach how many rows each source takes
   */
  static List<Batch> plan(List<int[]> sources, int maxTokens, int rowsEach, int batchTokens) {
    Map<Integer, List<Integer>> byLength = new TreeMap<>();
    for (int i = 0; i < sources.size(); i++) {
      int length = paddedLength(sources.get(i).length, maxTokens);
      byLength.computeIfAbsent(length, key -> new ArrayList<>()).add(i);
    }
    List<Batch> batches = new ArrayList<>();
    byLength.forEach(
        (length, indices) -> {
          // Long translations beside long ones: rows leave a batch late, and at about the same
          // time.
          indices.sort(Comparator.comparingInt(index -> sources.get(index).length));
          int most = (int) Math.max(1, batchTokens / ((long) length * rowsEach));
          for (int from = 0; from < indices.size(); from += most) {
            int to = Math.min(indices.size(), from + most);
            batches.add(new Batch(List.copyOf(indices.subList(from, to)), length));
          }
        });
    return batches;
  }
}
