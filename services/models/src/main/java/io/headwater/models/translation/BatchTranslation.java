package io.headwater.models.translation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Decodes one batch: asks each source's search what to do, and lets the graphs do it. */
final class BatchTranslation {

  private final Decoding decoding;
  private final List<SentenceSearch> searches;
  private final int vocabulary;

  /** Which search each row belongs to. */
  private int[] owners;

  BatchTranslation(
      Decoding decoding, PaddedSources sources, List<SentenceSearch> searches, int vocabulary) {
    this.decoding = decoding;
    this.searches = List.copyOf(searches);
    this.vocabulary = vocabulary;
    this.owners = IntStream.range(0, sources.rows()).map(sources::source).toArray();
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
    int rows = Math.max(PaddedSources.FEWEST_ROWS, count);
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
