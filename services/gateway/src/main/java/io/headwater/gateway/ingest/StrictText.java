package io.headwater.gateway.ingest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Bytes read as UTF-8, without any guessing. */
public sealed interface StrictText {
  /** The bytes are UTF-8. */
  record Valid(String text) implements StrictText {}

  /**
   * The bytes are not UTF-8.
   *
   * @param position of the first byte that does not fit, counted from 0
   */
  record Invalid(int position) implements StrictText {}

  /** Reads bytes; a byte order mark at their start is left out. */
  static StrictText of(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      return new Invalid(in.position());
    }
    out.flip();
    if (out.hasRemaining() && out.get(0) == '\uFEFF') {
      out.get();
    }
    return new Valid(out.toString());
  }
}
