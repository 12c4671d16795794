package io.headwater.scorer.batch;

/**
 * One segment of one record, waiting for its place in a batch.
 *
 * @param record index of the record in its unit of work
 * @param segment index of the segment in its record
 * @param ids token ids, special tokens included; not copied: treat as read-only
 */
public record SegmentSlot(int record, int segment, int[] ids) {
  /** Number of tokens. */
  public int length() {
    return ids.length;
  }
}
