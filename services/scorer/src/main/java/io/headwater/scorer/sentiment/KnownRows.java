package io.headwater.scorer.sentiment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the model gave for segments that it has seen: the same segment gives the same bits, so it
 * need not be run again. Bounded by tokens; what is seldom asked for goes first.
 */
public final class KnownRows {
  /** About what an entry takes beside its ids, in tokens of four bytes. */
  private static final int ENTRY_TOKENS = 40;

  private final Optional<Cache<Key, float[]>> rows;

  /**
   * A segment of a model. Two with the same ids are the same.
   *
   * @param model what tells a model, its runtime and its provider from others
   * @param ids token ids; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is by content, below
  record Key(String model, int[] ids) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(ids, key.ids) && model.equals(key.model);
    }

    @Override
    public int hashCode() {
      return 31 * model.hashCode() + Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
      return model + Arrays.toString(ids);
    }
  }

  /**
   * Knows nothing yet.
   *
   * @param tokens most tokens of the segments that are known; 0: none, and no segment is looked for
   */
  public KnownRows(long tokens) {
    rows =
        tokens == 0
            ? Optional.empty()
            : Optional.of(
                Caffeine.newBuilder()
                    .maximumWeight(tokens)
                    .weigher((Key key, float[] row) -> key.ids().length + ENTRY_TOKENS)
                    // Beside a model no time is worth a thread of its own.
                    .executor(Runnable::run)
                    .build());
  }

  /** Whether anything is ever kept. */
  boolean keeps() {
    return rows.isPresent();
  }

  /** What the model gave for a segment; the caller does not change it. */
  Optional<float[]> of(Key key) {
    return rows.flatMap(cache -> Optional.ofNullable(cache.getIfPresent(key)));
  }

  /** The model gave this; neither is changed from now on. */
  void put(Key key, float[] row) {
    rows.ifPresent(cache -> cache.put(key, row));
  }
}
