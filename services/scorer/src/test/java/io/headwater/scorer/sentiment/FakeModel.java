package io.headwater.scorer.sentiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model whose probabilities are a function of the ids alone. It fails on every batch that holds
 * {@link #CULPRIT}, and gives no number for a segment with {@link #NOT_A_NUMBER}.
 */
public final class FakeModel implements SegmentModel {
  public static final int CULPRIT = 666;
  public static final int NOT_A_NUMBER = 667;

  private final List<Integer> batchSizes = new ArrayList<>();

  @Override
  public float[][] probabilities(List<int[]> tokenIds) {
    batchSizes.add(tokenIds.size());
    float[][] rows = new float[tokenIds.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(tokenIds.get(i));
    }
    return rows;
  }

  /** Size of each batch so far, failed ones too. */
  public List<Integer> batchSizes() {
    return batchSizes;
  }

  static float[] row(int[] ids) {
    if (holds(ids, CULPRIT)) {
      throw new IllegalStateException("cannot score this batch");
    }
    if (holds(ids, NOT_A_NUMBER)) {
      return new float[] {0.5f, Float.NaN, 0.5f};
    }
    int hash = Arrays.hashCode(ids);
    float negative = 1 + (hash & 0xFF);
    float neutral = 1 + (hash >>> 8 & 0xFF);
    float positive = 1 + (hash >>> 16 & 0xFF);
    float total = negative + neutral + positive;
    return new float[] {negative / total, neutral / total, positive / total};
  }

  private static boolean holds(int[] ids, int sought) {
    return Arrays.stream(ids).anyMatch(id -> id == sought);
  }
}
