package io.headwater.cli.offline;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines of strict UTF-8, so that one bad line does not end the reading. */
final class TextLines {
  private final InputStream input;
  private long number;

  /**
   * A line.
   *
   * @param number from 1
   * @param text without the line's end; empty where it is not UTF-8
   */
  record Line(long number, Optional<String> text) {}

  TextLines(InputStream input) {
    this.input = new BufferedInputStream(input, 1 << 16);
  }

  /** The next line; empty at the end. */
  Optional<Line> next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int read = input.read();
    if (read < 0) {
      return Optional.empty();
    }
    while (read >= 0 && read != '\n') {
      bytes.write(read);
      read = input.read();
    }
    number++;
    return Optional.of(new Line(number, decoded(bytes.toByteArray())));
  }

  /** Whether another line can be begun without waiting. */
  boolean isMoreWaiting() throws IOException {
    return input.available() > 0;
  }

  private static Optional<String> decoded(byte[] bytes) {
    int length =
        bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
