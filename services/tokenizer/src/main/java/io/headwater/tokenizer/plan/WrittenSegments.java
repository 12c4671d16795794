package io.headwater.tokenizer.plan;

import io.headwater.avro.TokenSegment;
import io.headwater.models.text.Segment;
import io.headwater.schemas.TokenInts;
import io.headwater.tokenizer.text.NormalizedText;

/** Segments of a normalised text as they are sent: with offsets into the text as it was written. */
final class WrittenSegments {
  private WrittenSegments() {}

  /**
   * One segment.
   *
   * @param firstToken index of its first own token in the whole text
   */
  static TokenSegment of(Segment segment, NormalizedText text, int firstToken) {
    int[] starts = new int[segment.ids().length];
    int[] ends = new int[starts.length];
    for (int i = 0; i < starts.length; i++) {
      int[] range = text.written(segment.starts()[i], segment.ends()[i]);
      starts[i] = range[0];
      ends[i] = range[1];
    }
    return new TokenSegment(
        TokenInts.pack(segment.ids()), TokenInts.pack(starts), TokenInts.pack(ends), firstToken);
  }
}
