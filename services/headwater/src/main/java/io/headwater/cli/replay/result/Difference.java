package io.headwater.cli.replay.result;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How two runs differ.
 *
 * @param counts of messages
 * @param sameBytes messages whose insights are the same, byte for byte
 * @param sameContent messages whose insights say the same
 * @param translationsChanged messages in both with another translation
 * @param labels messages in both by their label in A, then in B
 * @param moves of polarity
 */
public record Difference(
    Counts counts,
    long sameBytes,
    long sameContent,
    long translationsChanged,
    Map<String, Map<String, Long>> labels,
    Moves moves) {
  public Difference {
    labels = new TreeMap<>(labels);
  }

  /**
   * How many messages there are.
   *
   * @param inBoth in both runs: these are compared
   * @param onlyInA in the first only
   * @param onlyInB in the second only
   * @param repeatedInA further insights of A with the same key; left out
   * @param repeatedInB the same of B
   * @param labelsChanged in both, with another label
   */
  public record Counts(
      long inBoth,
      long onlyInA,
      long onlyInB,
      long repeatedInA,
      long repeatedInB,
      long labelsChanged) {
    /** Share of the messages in both whose label changed. */
    public double shareChanged() {
      return inBoth == 0 ? 0 : (double) labelsChanged / inBoth;
    }
  }

  /**
   * How far polarity, P(positive) - P(negative), moved from A to B.
   *
   * @param compared messages with sentiment in both
   * @param mean of the moves
   * @param meanAbsolute of the moves' distances
   * @param largest the farthest first
   */
  public record Moves(long compared, double mean, double meanAbsolute, List<Move> largest) {
    public Moves {
      largest = List.copyOf(largest);
    }
  }
}
