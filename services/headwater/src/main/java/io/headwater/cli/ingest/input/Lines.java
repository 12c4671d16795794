package io.headwater.cli.ingest.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Cuts bytes into lines. Of a line that is too long no more is held than the limit. */
final class Lines {
  private final ByteSource source;
  private final int maxBytes;
  private long number;

  Lines(ByteSource source, int maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
  }

  /** The next line; empty at the end. */
  Optional<RawLine> next() throws IOException {
    int read = source.read();
    if (read < 0) {
      return Optional.empty();
    }
    number++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    boolean tooLong = false;
    for (; read >= 0 && read != '\n'; read = source.read()) {
      // One more than the limit: it may be the line's carriage return.
      if (bytes.size() <= maxBytes) {
        bytes.write(read);
      } else {
        tooLong = true;
      }
    }
    byte[] line = withoutReturn(bytes.toByteArray());
    return Optional.of(
        tooLong || line.length > maxBytes
            ? RawLine.bad(number, "the line is longer than %d bytes".formatted(maxBytes))
            : RawLine.good(number, line));
  }

  static byte[] withoutReturn(byte[] line) {
    return line.length > 0 && line[line.length - 1] == '\r'
        ? java.util.Arrays.copyOf(line, line.length - 1)
        : line;
  }
}
