package io.headwater.models.text;

import java.util.Objects;

/**
 * A whole text as token ids that point back into it; no special tokens. The arrays are the record's
 * own and must not be changed.
 *
 * @param ids vocabulary ids
 * @param starts for each token, where it begins in the text, in UTF-16 code units
 * @param ends for each token, where it ends in the text (exclusive), in UTF-16 code units
 */
@SuppressWarnings("ArrayRecordComponent") // millions of tokens pass here: a box each is too dear
public record TokenizedText(int[] ids, int[] starts, int[] ends) {

  /** Refuses arrays of unequal length. */
  public TokenizedText {
    Objects.requireNonNull(ids, "ids");
    if (starts.length != ids.length || ends.length != ids.length) {
      throw new IllegalArgumentException(
          "each of " + ids.length + " tokens needs a start and an end");
    }
  }

  /** How many tokens the text has. */
  public int length() {
    return ids.length;
  }
}
