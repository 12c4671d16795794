package io.headwater.cli.ingest.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Cuts bytes into CSV records: a line's end inside quotes is part of the record. A quote that is
 * not closed as it should be spoils its own line only: what was taken for the rest of the record is
 * put back.
 */
final class CsvRecords {
  private final ByteSource source;
  private final char delimiter;
  private final int maxBytes;
  private long nextNumber = 1;

  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED,
    BROKEN
  }

  CsvRecords(ByteSource source, char delimiter, int maxBytes) {
    this.source = source;
    this.delimiter = delimiter;
    this.maxBytes = maxBytes;
  }

  /** The next record; empty at the end. */
  Optional<RawLine> next() throws IOException {
    int read = source.read();
    if (read < 0) {
      return Optional.empty();
    }
    long number = nextNumber;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    State state = State.FIELD_START;
    while (read >= 0 && !(read == '\n' && state != State.QUOTED)) {
      if (bytes.size() > maxBytes || state == State.BROKEN) {
        source.putBack(new byte[] {(byte) read}, 0, 1);
        return Optional.of(spoilt(number, bytes.toByteArray(), state));
      }
      bytes.write(read);
      state = after(state, read);
      if (read == '\n') {
        nextNumber++;
      }
      read = source.read();
    }
    if (state == State.QUOTED || state == State.BROKEN) {
      return Optional.of(spoilt(number, bytes.toByteArray(), state));
    }
    nextNumber++;
    return Optional.of(RawLine.good(number, Lines.withoutReturn(bytes.toByteArray())));
  }

  private State after(State state, int read) {
    if (state == State.QUOTED) {
      return read == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
    }
    if (read == delimiter) {
      return State.FIELD_START;
    }
    if (state == State.QUOTE_IN_QUOTED) {
      // The quote was half of a pair, or it closed the field, and then the field is over.
      return read == '"' ? State.QUOTED : read == '\r' ? State.PLAIN : State.BROKEN;
    }
    return read == '"' && state == State.FIELD_START ? State.QUOTED : State.PLAIN;
  }

  private RawLine spoilt(long number, byte[] bytes, State state) throws IOException {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    if (end < bytes.length) {
      source.putBack(bytes, end + 1, bytes.length);
    } else {
      skipLine();
    }
    nextNumber = number + 1;
    return RawLine.bad(number, reason(state));
  }

  private String reason(State state) {
    return switch (state) {
      case QUOTED -> "a quote is opened and not closed within %d bytes".formatted(maxBytes);
      case BROKEN -> "a quoted field goes on behind its closing quote";
      default -> "the record is longer than %d bytes".formatted(maxBytes);
    };
  }

  private void skipLine() throws IOException {
    int read = source.read();
    while (read >= 0 && read != '\n') {
      read = source.read();
    }
  }
}
