package io.headwater.cli.ingest.input;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One line, or one CSV record of several lines, as it stands in a file.
 *
 * @param number of its first line, from 1
 * @param bytes without the line's end
 * @param fault why it cannot be read; empty: it can
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record RawLine(long number, byte[] bytes, Optional<String> fault) {
  static RawLine good(long number, byte[] bytes) {
    return new RawLine(number, bytes, Optional.empty());
  }

  static RawLine bad(long number, String fault) {
    return new RawLine(number, new byte[0], Optional.of(fault));
  }

  /** The text; empty where the bytes are not UTF-8. */
  Optional<String> text() {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean marked = number == 1 && text.startsWith("\uFEFF");
      return Optional.of(marked ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
