package io.headwater.models.translation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** What batches are written into and read from, one after the other; kept between them. */
final class DecodingMemory {

  final NativeLongs sourceIds = new NativeLongs();
  final NativeLongs encodedMask = new NativeLongs();
  final NativeLongs sourceMask = new NativeLongs();
  final NativeLongs tokens = new NativeLongs();
  final NativeLongs rows = new NativeLongs();
  final NativeLongs count = new NativeLongs();
  final NativeLongs bestIds = new NativeLongs();
  final StepScores scores = new StepScores();
  private FloatBuffer best = allocate(256);
  private FloatBuffer encoded = allocate(256);

  /** Room for so many log-probabilities. */
  FloatBuffer best(int count) {
    best = room(best, count);
    return best;
  }

  /** Room for so many numbers of encoded sources. */
  FloatBuffer encoded(int count) {
    encoded = room(encoded, count);
    return encoded;
  }

  private static FloatBuffer room(FloatBuffer former, int count) {
    boolean fits = former.capacity() >= count;
    return (fits ? former : allocate(Math.max(count, 2 * former.capacity()))).clear().limit(count);
  }

  private static FloatBuffer allocate(int count) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
