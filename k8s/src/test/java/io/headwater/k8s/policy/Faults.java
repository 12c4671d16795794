package io.headwater.k8s.policy;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong. */
final class Faults {
  private final List<String> found = new ArrayList<>();

  /** Says what is wrong, unless it is well. */
  void unless(boolean well, Object where, String what) {
    if (!well) {
      found.add(where + ": " + what);
    }
  }

  void add(Object where, String what) {
    found.add(where + ": " + what);
  }

  List<String> found() {
    return List.copyOf(found);
  }
}
