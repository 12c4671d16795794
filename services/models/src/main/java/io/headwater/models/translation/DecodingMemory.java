package io.headwater.models.translation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** What batches are written into and read from, one after the other; kept between them. */
final class DecodingMemory {

  final NativeLongs sourceIds = new NativeLongs();
  final NativeLongs sourceMask = new NativeLongs();
  final NativeLongs tokens = new NativeLongs();
  final NativeLongs rows = new NativeLongs();
  final NativeLongs count = new NativeLongs();
  final NativeLongs bestIds = new NativeLongs();
  final StepScores scores = new StepScores();
  private FloatBuffer best = allocate(256);

  /** Room for so many log-probabilities. */
  FloatBuffer best(int count) {
    if (best.capacity() < count) {
      best = allocate(Math.max(count, 2 * best.capacity()));
    }
    return best.clear().limit(count);
  }

  private static FloatBuffer allocate(int count) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
