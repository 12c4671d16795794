package io.headwater.trainer.translation.quality;

import java.util.List;
import java.util.stream.Collectors;

/** Checks that every hypothesis has something to be measured against. */
final class References {

  private References() {}

  /** One reference for each hypothesis. */
  static List<List<String>> single(List<String> references) {
    return references.stream().map(List::of).toList();
  }

  /**
   * Leaves empty references out.
   *
   * @throws IllegalArgumentException if a hypothesis has none that says something, or if there are
   *     no hypotheses
   */
  static List<List<String>> checked(List<String> hypotheses, List<List<String>> references) {
    if (hypotheses.isEmpty() || hypotheses.size() != references.size()) {
      throw new IllegalArgumentException(
          hypotheses.size()
              + " hypotheses cannot be measured against "
              + references.size()
              + " references");
    }
    List<List<String>> kept =
        references.stream()
            .map(all -> all.stream().filter(one -> !one.isEmpty()).toList())
            .toList();
    int bare = kept.indexOf(List.of());
    if (bare >= 0) {
      throw new IllegalArgumentException("hypothesis " + bare + " has no reference");
    }
    return kept;
  }

  /** The number of references of each hypothesis, as a signature has it. */
  static String count(List<List<String>> references) {
    var counts = references.stream().map(List::size).collect(Collectors.toSet());
    return counts.size() == 1 ? String.valueOf(references.get(0).size()) : "var";
  }
}
