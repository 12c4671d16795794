package io.headwater.models.text;

import java.util.Objects;

/**
 * The special tokens that a model wants round a segment. The arrays are the record's own and must
 * not be changed.
 *
 * @param before ids that open the segment, its text prefix included
 * @param after ids that close it
 */
@SuppressWarnings("ArrayRecordComponent") // as everywhere for tokens: a box each is too dear
public record SourceFrame(int[] before, int[] after) {

  /** Refuses nulls. */
  public SourceFrame {
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
  }

  /** How many tokens the frame takes from the model's longest segment. */
  public int length() {
    return before.length + after.length;
  }
}
