package io.headwater.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The fixed-width form of a segment's ids and offsets: little-endian int32, one after another. */
public final class TokenInts {
  private TokenInts() {}

  /** Packs ints into bytes. */
  public static ByteBuffer pack(int[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return bytes;
  }

  /**
   * Unpacks bytes into ints; the buffer's position stays where it is.
   *
   * @throws IllegalArgumentException when the length is no multiple of four
   */
  public static int[] unpack(ByteBuffer bytes) {
    if (bytes.remaining() % Integer.BYTES != 0) {
      throw new IllegalArgumentException(
          "%d bytes are no whole number of int32".formatted(bytes.remaining()));
    }
    int[] values = new int[bytes.remaining() / Integer.BYTES];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
    return values;
  }
}
