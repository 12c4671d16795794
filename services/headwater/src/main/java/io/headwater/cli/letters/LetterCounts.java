package io.headwater.cli.letters;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many letters there are, by what became of them and why they died. */
final class LetterCounts {
  private final Map<Kind, Long> byKind = new TreeMap<>();
  private final Map<String, Long> byCause = new TreeMap<>();
  private final Map<LetterStatus, Long> byStatus = new TreeMap<>();
  private long letters;
  private long unreadable;

  /** Letters that died in one place for one cause. */
  record Kind(String stage, String cause) implements Comparable<Kind> {
    private static final Comparator<Kind> ORDER =
        Comparator.comparing(Kind::stage).thenComparing(Kind::cause);

    @Override
    public int compareTo(Kind other) {
      return ORDER.compare(this, other);
    }
  }

  void add(StoredLetter stored, LetterStatus status) {
    var letter = stored.letter();
    letters++;
    byKind.merge(new Kind(letter.getStage(), letter.getCause()), 1L, Long::sum);
    byCause.merge(letter.getCause(), 1L, Long::sum);
    byStatus.merge(status, 1L, Long::sum);
  }

  void addUnreadable() {
    unreadable++;
  }

  /** Letters that could be read. */
  long letters() {
    return letters;
  }

  /** By stage and cause, in the order of their names. */
  Map<Kind, Long> byKind() {
    return new TreeMap<>(byKind);
  }

  /** All in one line. */
  String sentence() {
    List<String> parts = new ArrayList<>();
    parts.add(letters == 1 ? "1 letter" : letters + " letters");
    if (letters > 0) {
      parts.add(
          byCause.entrySet().stream()
              .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .collect(Collectors.joining(", ")));
      parts.add(
          byStatus.entrySet().stream()
              .map(entry -> entry.getValue() + " " + entry.getKey().words())
              .collect(Collectors.joining(", ")));
    }
    if (unreadable > 0) {
      parts.add(unreadable + " that cannot be read");
    }
    return String.join("; ", parts);
  }
}
