package io.headwater.aggregator.topology;

import io.headwater.aggregator.join.Pending;
import io.headwater.aggregator.metrics.AggregatorMetrics;
import io.headwater.aggregator.state.StoreKeys;
import io.headwater.avro.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one task that wait for parts, by origin. Belongs to the task's stream thread.
 *
 * <p>Old entries are looked for in bounded steps: each goes on where the one before ended, and
 * starts over at the end.
 */
final class PendingStore {
  static final String NAME = "pending";
  private static final int ENTRIES_A_STEP = 10_000;

  private final KeyValueStore<Bytes, Pending> store;
  private final AggregatorMetrics metrics;
  private long size;
  private @Nullable Bytes cursor;

  PendingStore(KeyValueStore<Bytes, Pending> store, AggregatorMetrics metrics) {
    this.store = store;
    this.metrics = metrics;
    try (KeyValueIterator<Bytes, Pending> entries = store.all()) {
      while (entries.hasNext()) {
        entries.next();
        size++;
      }
    }
    metrics.pendingChanged(size);
  }

  Optional<Pending> get(Origin origin) {
    return Optional.ofNullable(store.get(key(origin)));
  }

  void put(Origin origin, Pending pending, boolean isNew) {
    store.put(key(origin), pending);
    if (isNew) {
      changed(1);
    }
  }

  void remove(Origin origin) {
    store.delete(key(origin));
    changed(-1);
  }

  /**
   * Drops, within one step, the entries that wait in vain and whose first part came before {@code
   * limit}. They are kept until then because a dead letter may be replayed.
   */
  void dropOlderThan(long limit, RiverProgress progress) {
    List<Bytes> old = new ArrayList<>();
    Bytes last = null;
    int seen = 0;
    try (KeyValueIterator<Bytes, Pending> entries = store.range(cursor, null)) {
      while (entries.hasNext() && seen++ < ENTRIES_A_STEP) {
        var entry = entries.next();
        last = entry.key;
        if (entry.value.since() < limit
            && progress.waitsInVain(StoreKeys.origin(entry.key.get()), entry.value)) {
          old.add(entry.key);
        }
      }
      cursor = entries.hasNext() ? last : null;
    }
    for (Bytes key : old) {
      store.delete(key);
      metrics.expired();
    }
    changed(-old.size());
  }

  /** The task leaves this thread: its entries are no longer counted here. */
  void close() {
    changed(-size);
  }

  private void changed(long difference) {
    size += difference;
    metrics.pendingChanged(difference);
  }

  private static Bytes key(Origin origin) {
    return Bytes.wrap(StoreKeys.of(origin));
  }
}
