package io.headwater.models.engine;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * A batch of segments, of which some tokens may be masked: the model does not see those, though
 * they keep their places.
 *
 * @param ids token ids of each row, special tokens included; at least one row, none empty
 * @param masked for each row the positions that are masked
 */
public record TokenRows(List<int[]> ids, List<BitSet> masked) {

  private static final BitSet NOTHING = new BitSet();

  /** Refuses batches that are none. */
  public TokenRows {
    ids = List.copyOf(ids);
    masked = List.copyOf(masked);
    if (ids.size() != masked.size()) {
      throw new IllegalArgumentException(ids.size() + " rows, but masks for " + masked.size());
    }
    if (ids.stream().mapToInt(row -> row.length).max().orElse(0) == 0) {
      throw new IllegalArgumentException("a batch needs at least one row with a token");
    }
  }

  /** A batch of which the model sees everything. */
  public static TokenRows whole(List<int[]> ids) {
    return new TokenRows(ids, Collections.nCopies(ids.size(), NOTHING));
  }

  /** The same segment once for each mask. */
  public static TokenRows masked(int[] segment, List<BitSet> masks) {
    return new TokenRows(Collections.nCopies(masks.size(), segment), masks);
  }

  /** Tokens of the longest row. */
  int length() {
    return ids.stream().mapToInt(row -> row.length).max().orElse(0);
  }
}
