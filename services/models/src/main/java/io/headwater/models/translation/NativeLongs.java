package io.headwater.models.translation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/** Longs in native memory, which is kept and grows when more is needed. */
final class NativeLongs {

  private LongBuffer buffer = allocate(256);

  /** Room for so many longs, ready to be filled; what was there before is gone. */
  LongBuffer room(int count) {
    if (buffer.capacity() < count) {
      buffer = allocate(Math.max(count, 2 * buffer.capacity()));
    }
    return buffer.clear().limit(count);
  }

  private static LongBuffer allocate(int count) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(count, Long.BYTES))
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }
}
