package io.headwater.scorer.translation;

import io.headwater.avro.Alignment;
import io.headwater.models.translation.Hypothesis;
import io.headwater.schemas.TokenInts;
import io.headwater.scorer.task.UnpackedSegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Which source tokens each generated token of a segment looked at, packed while it waits for its
 * place in the whole translation.
 *
 * @param source the segment
 * @param target where the generated tokens stand in the segment's own text
 * @param weights little-endian float32, {@code [target][source]}
 */
record SegmentAlignment(UnpackedSegment source, TargetSpans target, ByteBuffer weights) {

  /**
   * Packs what a model gave.
   *
   * @throws IllegalStateException when a row has another length than the source, or no numbers
   */
  static SegmentAlignment of(UnpackedSegment source, Hypothesis hypothesis, TargetSpans target) {
    int columns = source.ids().length;
    float[][] rows = hypothesis.alignment();
    if (rows.length != hypothesis.tokenIds().length) {
      throw new IllegalStateException(
          "the model explained %d of %d tokens".formatted(rows.length, target.starts().length));
    }
    ByteBuffer weights =
        ByteBuffer.allocate(Math.multiplyExact(rows.length * Float.BYTES, columns))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      if (row.length != columns) {
        throw new IllegalStateException(
            "the model explained by %d tokens, and the source has %d"
                .formatted(row.length, columns));
      }
      for (float weight : row) {
        if (!Float.isFinite(weight)) {
          throw new IllegalStateException("the model explained by what is not a number");
        }
        weights.putFloat(weight);
      }
    }
    return new SegmentAlignment(source, target, weights.flip());
  }

  /** That of a segment which no model was asked about. */
  static SegmentAlignment none(UnpackedSegment source) {
    return new SegmentAlignment(source, TargetSpans.NONE, ByteBuffer.allocate(0));
  }

  /** Bytes that it takes in a record, but for a few. */
  long bytes() {
    return weights.remaining()
        + 2L * Integer.BYTES * (source.ids().length + target.starts().length);
  }

  /** The record, for a segment whose translation begins at an offset of the whole. */
  Alignment at(int offset) {
    TargetSpans moved = target.at(offset);
    return new Alignment(
        TokenInts.pack(source.starts()),
        TokenInts.pack(source.ends()),
        TokenInts.pack(moved.starts()),
        TokenInts.pack(moved.ends()),
        weights);
  }
}
