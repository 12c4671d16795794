package io.headwater.models.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.BitSet;

/** The three inputs of a batch in native memory, which is kept from batch to batch. */
final class TokenBuffers {

  private LongBuffer ids = allocate(1024);
  private LongBuffer mask = allocate(1024);
  private LongBuffer types = allocate(1024);
  private long[] shape = {0, 0};

  /** Lays the rows out, each padded to the longest. */
  void fill(TokenRows rows, int padId) {
    int length = rows.length();
    int cells = Math.multiplyExact(rows.ids().size(), length);
    ids = withRoom(ids, cells);
    mask = withRoom(mask, cells);
    types = withRoom(types, cells);
    for (int i = 0; i < rows.ids().size(); i++) {
      int[] row = rows.ids().get(i);
      BitSet masked = rows.masked().get(i);
      for (int column = 0; column < length; column++) {
        boolean real = column < row.length;
        ids.put(real ? row[column] : padId);
        mask.put(real && !masked.get(column) ? 1 : 0);
        types.put(0);
      }
    }
    ids.flip();
    mask.flip();
    types.flip();
    shape = new long[] {rows.ids().size(), length};
  }

  LongBuffer ids() {
    return ids;
  }

  LongBuffer mask() {
    return mask;
  }

  LongBuffer types() {
    return types;
  }

  long[] shape() {
    return shape;
  }

  private static LongBuffer withRoom(LongBuffer buffer, int cells) {
    return buffer.capacity() >= cells ? buffer.clear() : allocate(cells);
  }

  private static LongBuffer allocate(int cells) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(cells, Long.BYTES))
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }
}
