package io.headwater.aggregator.feed;

import java.util.List;
import java.util.TreeSet;

/** A bounded set of names: producers may invent as many as they like. Not thread-safe. */
final class SeenNames {
  private static final int MOST = 200;
  private static final int LONGEST = 100;

  private final TreeSet<String> names = new TreeSet<>();

  void add(String name) {
    if (name.length() <= LONGEST && names.size() < MOST) {
      names.add(name);
    }
  }

  List<String> sorted() {
    return List.copyOf(names);
  }
}
