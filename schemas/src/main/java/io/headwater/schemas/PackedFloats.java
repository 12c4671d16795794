package io.headwater.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The fixed-width form of numbers of tokens: little-endian float32, one after another. */
public final class PackedFloats {
  private PackedFloats() {}

  /** Packs floats into bytes. */
  public static ByteBuffer pack(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  /**
   * Unpacks bytes into floats; the buffer's position stays where it is.
   *
   * @throws IllegalArgumentException when the length is no multiple of four
   */
  public static float[] unpack(ByteBuffer bytes) {
    if (bytes.remaining() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "%d bytes are no whole number of float32".formatted(bytes.remaining()));
    }
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
