package io.headwater.cli.ingest.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes of a file, counted, of which some may be put back. One thread. */
final class ByteSource {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream input;
  private byte[] returned = new byte[0];
  private int next;
  private long taken;

  ByteSource(InputStream input) {
    this.input = new BufferedInputStream(input, BUFFER_BYTES);
  }

  /** The next byte; -1 at the end. */
  int read() throws IOException {
    if (next < returned.length) {
      taken++;
      return returned[next++] & 0xFF;
    }
    int read = input.read();
    if (read >= 0) {
      taken++;
    }
    return read;
  }

  /** Puts bytes back, to be read next. */
  void putBack(byte[] bytes, int from, int to) {
    int waiting = returned.length - next;
    byte[] all = new byte[to - from + waiting];
    System.arraycopy(bytes, from, all, 0, to - from);
    System.arraycopy(returned, next, all, to - from, waiting);
    returned = all;
    next = 0;
    taken -= to - from;
  }

  /** Bytes read so far. */
  long taken() {
    return taken;
  }
}
