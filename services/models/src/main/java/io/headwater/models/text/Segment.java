package io.headwater.models.text;

import java.util.Objects;

/**
 * A piece of a text that fits a model, special tokens included. The arrays are the record's own and
 * must not be changed.
 *
 * @param ids vocabulary ids
 * @param starts where each token begins in the text, in UTF-16 code units; -1 for special tokens
 * @param ends where each token ends in the text (exclusive); -1 for special tokens
 * @param firstToken index in the whole text of the first token that is the segment's own
 */
@SuppressWarnings("ArrayRecordComponent") // millions of tokens pass here: a box each is too dear
public record Segment(int[] ids, int[] starts, int[] ends, int firstToken) {

  /** Where a special token begins and ends. */
  public static final int NOWHERE = -1;

  /** Refuses arrays of unequal length. */
  public Segment {
    Objects.requireNonNull(ids, "ids");
    if (starts.length != ids.length || ends.length != ids.length) {
      throw new IllegalArgumentException(
          "each of " + ids.length + " tokens needs a start and an end");
    }
    if (firstToken < 0) {
      throw new IllegalArgumentException("firstToken is " + firstToken);
    }
  }
}
