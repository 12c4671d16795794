package io.headwater.models.translation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decodes one batch: asks each source's search what to do, and lets the graphs do it. */
final class BatchTranslation {

  /**
   * A matrix of one row is multiplied by another kernel than one of several, whose sums come out in
   * another order. So there are never fewer rows; the last one is there twice then.
   */
  static final int FEWEST_ROWS = 2;

  private final Decoding decoding;
  private final List<SentenceSearch> searches;
  private final int vocabulary;

  /** Which search each row belongs to. */
  private int[] owners;

  BatchTranslation(Decoding decoding, List<SentenceSearch> searches, int vocabulary) {
    this.decoding = decoding;
    this.searches = List.copyOf(searches);
    this.vocabulary = vocabulary;
    this.owners = new int[Math.max(FEWEST_ROWS, searches.size())];
    for (int row = 0; row < owners.length; row++) {
      owners[row] = Math.min(row, searches.size() - 1);
    }
  }

  /** The rows of the first step: every source, and the last one again if there is only one. */
  static List<int[]> rows(List<int[]> sources) {
    List<int[]> rows = new ArrayList<>(sources);
    while (rows.size() < FEWEST_ROWS) {
      rows.add(sources.get(sources.size() - 1));
    }
    return rows;
  }

  /** Decodes until every search is over. */
  void run(Runnable pulse) {
    int[] firstRows = new int[searches.size()];
    while (advance(firstRows)) {
      pulse.run();
      step(firstRows);
    }
  }

  /** Takes the last step's scores; whether any search goes on. */
  private boolean advance(int[] firstRows) {
    int wanted = 0;
    int row = 0;
    for (int i = 0; i < firstRows.length; i++) {
      firstRows[i] = row;
      row += searches.get(i).live().size();
      wanted = Math.max(wanted, searches.get(i).wanted());
    }
    StepScores scores = decoding.scores(Math.min(wanted, vocabulary));
    boolean more = false;
    for (int i = 0; i < firstRows.length; i++) {
      SentenceSearch search = searches.get(i);
      search.advance(scores, firstRows[i]);
      more |= !search.live().isEmpty();
    }
    return more;
  }

  private void step(int[] firstRows) {
    int count = searches.stream().mapToInt(search -> search.live().size()).sum();
    int rows = Math.max(FEWEST_ROWS, count);
    int[] from = new int[rows];
    int[] tokens = new int[rows];
    int[] next = new int[rows];
    int row = 0;
    for (int i = 0; i < firstRows.length; i++) {
      for (SentenceSearch.Live live : searches.get(i).live()) {
        from[row] = firstRows[i] + live.row();
        tokens[row] = live.trail().token();
        next[row++] = i;
      }
    }
    for (; row < rows; row++) {
      from[row] = from[row - 1];
      tokens[row] = tokens[row - 1];
      next[row] = next[row - 1];
    }
    boolean otherSources = !Arrays.equals(next, owners);
    if (otherSources || !isIdentity(from)) {
      decoding.reorder(from, otherSources);
    }
    owners = next;
    decoding.step(tokens);
  }

  private static boolean isIdentity(int[] from) {
    for (int row = 0; row < from.length; row++) {
      if (from[row] != row) {
        return false;
      }
    }
    return true;
  }
}
