package io.headwater.models.translation;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Sources that are decoded together.
 *
 * @param sources token ids of each, none longer than the length
 * @param length what all are padded to for the decoder
 * @param padId fills the shorter ones; hidden from the model by the attention mask
 */
record PaddedSources(List<int[]> sources, int length, int padId) {

  /**
   * A matrix of one row is multiplied by another kernel than one of several, whose sums come out in
   * another order. So the decoder never has fewer rows; the last one is there twice then.
   */
  static final int FEWEST_ROWS = 2;

  /**
   * For the encoder, sources are padded to multiples of this. It costs by the token, padding
   * included, and needs little company; the decoder costs by the row, and needs much.
   */
  static final int ENCODED_STEP = 4;

  /**
   * Neighbours that are encoded together.
   *
   * @param from the first source
   * @param to after the last source
   * @param length what they are padded to
   */
  record Run(int from, int to, int length) {
    int count() {
      return to - from;
    }
  }

  PaddedSources {
    sources = List.copyOf(sources);
  }

  /** How many rows the decoder has of them. */
  int rows() {
    return Math.max(FEWEST_ROWS, sources.size());
  }

  /** Which source a row is of. */
  int source(int row) {
    return Math.min(row, sources.size() - 1);
  }

  /** All sources, in runs of those that the encoder's padding makes equally long. */
  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= sources.size(); to++) {
      if (to == sources.size() || encodedLength(to) != encodedLength(from)) {
        runs.add(new Run(from, to, encodedLength(from)));
        from = to;
      }
    }
    return runs;
  }

  /** Depends on the source alone, as its decoder's padding does: see {@link BatchPlan}. */
  private int encodedLength(int source) {
    int own = sources.get(source).length;
    return Math.min(length, (own + ENCODED_STEP - 1) / ENCODED_STEP * ENCODED_STEP);
  }

  /** Writes a run's ids and mask for the encoder, source by source. */
  void write(Run run, LongBuffer ids, LongBuffer mask) {
    for (int[] source : sources.subList(run.from(), run.to())) {
      for (int column = 0; column < run.length(); column++) {
        ids.put(column < source.length ? source[column] : padId);
      }
      writeMask(source, run.length(), mask);
    }
    ids.flip();
    mask.flip();
  }

  /** Writes the mask of every row for the decoder. */
  void writeMask(LongBuffer mask) {
    for (int row = 0; row < rows(); row++) {
      writeMask(sources.get(source(row)), length, mask);
    }
    mask.flip();
  }

  private static void writeMask(int[] source, int length, LongBuffer mask) {
    for (int column = 0; column < length; column++) {
      mask.put(column < source.length ? 1 : 0);
    }
  }
}
