package io.headwater.aggregator.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Collects windows, one for each series and start, and keeps the newest of them. */
final class NewestWindows {
  private final int limit;
  private final TreeMap<WindowView, WindowView> windows = new TreeMap<>(WindowView.ORDER);
  private boolean truncated;

  NewestWindows(int limit) {
    this.limit = limit;
  }

  /** Of two states of one window the one with more messages is the later. */
  void add(WindowView window) {
    windows.merge(window, window, (a, b) -> a.count() >= b.count() ? a : b);
    if (windows.size() > limit) {
      windows.pollFirstEntry();
      truncated = true;
    }
  }

  void addAll(Collection<WindowView> all) {
    all.forEach(this::add);
  }

  boolean truncated() {
    return truncated;
  }

  /** Oldest first. */
  List<WindowView> sorted() {
    return new ArrayList<>(windows.values());
  }
}
