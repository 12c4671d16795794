package io.headwater.cli.replay.result;

import io.headwater.cli.replay.result.InsightSummary.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Compares two runs: all of A goes in first, then all of B. Keeps about 150 bytes for each message
 * of A. Not thread-safe.
 */
public final class Comparison {
  /** The nearest first, so that it can be dropped; of two alike, the one with the larger id. */
  private static final Comparator<Move> NEAREST =
      Comparator.comparingDouble((Move move) -> Math.abs(move.distance()))
          .thenComparing(Comparator.comparing(Move::messageId).reversed())
          .thenComparing(Comparator.comparing(Move::origin).reversed());

  private final int top;
  private final Map<Key, Kept> left = new HashMap<>();
  private final Map<String, Map<String, Long>> labels = new TreeMap<>();
  private final PriorityQueue<Move> farthest = new PriorityQueue<>(NEAREST);
  private long inBoth;
  private long onlyInB;
  private long repeatedInA;
  private long repeatedInB;
  private long labelsChanged;
  private long sameBytes;
  private long sameContent;
  private long translationsChanged;
  private long withPolarity;
  private double moved;
  private double absolutelyMoved;

  private static final class Kept {
    private final String label;
    private final OptionalDouble polarity;
    private final long bytes;
    private final long content;
    private final int translation;
    private boolean matched;

    private Kept(InsightSummary insight) {
      this.label = insight.label().intern();
      this.polarity = insight.polarity();
      this.bytes = insight.bytes();
      this.content = insight.content();
      this.translation = insight.translation().hashCode();
    }
  }

  /**
   * A comparison of nothing yet.
   *
   * @param top how many of the largest moves are kept
   */
  public Comparison(int top) {
    this.top = top;
  }

  /** An insight of A. Of those with the same key, the first counts. */
  public void addA(InsightSummary insight) {
    if (left.putIfAbsent(insight.key(), new Kept(insight)) != null) {
      repeatedInA++;
    }
  }

  /** An insight of B, after all of A. Of those with the same key as one of A, the first counts. */
  public void addB(InsightSummary insight) {
    Kept known = left.get(insight.key());
    if (known == null) {
      onlyInB++;
    } else if (known.matched) {
      repeatedInB++;
    } else {
      known.matched = true;
      compare(known, insight);
    }
  }

  private void compare(Kept before, InsightSummary after) {
    inBoth++;
    sameBytes += before.bytes == after.bytes() ? 1 : 0;
    translationsChanged += before.translation == after.translation().hashCode() ? 0 : 1;
    sameContent += before.content == after.content() ? 1 : 0;
    labels
        .computeIfAbsent(before.label, unused -> new TreeMap<>())
        .merge(after.label(), 1L, Long::sum);
    labelsChanged += before.label.equals(after.label()) ? 0 : 1;
    if (before.polarity.isPresent() && after.polarity().isPresent()) {
      Move move =
          new Move(
              after.messageId(),
              after.origin(),
              before.label,
              after.label(),
              before.polarity.getAsDouble(),
              after.polarity().getAsDouble(),
              after.text());
      withPolarity++;
      moved += move.distance();
      absolutelyMoved += Math.abs(move.distance());
      keep(move);
    }
  }

  private void keep(Move move) {
    if (move.distance() != 0) {
      farthest.add(move);
      if (farthest.size() > top) {
        farthest.remove();
      }
    }
  }

  /** What has been found. */
  public Difference difference() {
    List<Move> moves = new ArrayList<>(farthest);
    moves.sort(NEAREST.reversed());
    return new Difference(
        new Difference.Counts(
            inBoth, left.size() - inBoth, onlyInB, repeatedInA, repeatedInB, labelsChanged),
        sameBytes,
        sameContent,
        translationsChanged,
        labels,
        new Difference.Moves(
            withPolarity,
            withPolarity == 0 ? 0 : moved / withPolarity,
            withPolarity == 0 ? 0 : absolutelyMoved / withPolarity,
            moves));
  }
}
