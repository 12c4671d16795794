package io.headwater.cli.ingest.input;

import java.io.IOException;
import java.util.Optional;

/** Messages of a file, one at a time, in its order. One thread; the caller closes the file. */
public interface MessageSource {
  /** The next message, good or bad; empty at the end. */
  Optional<ReadMessage> next() throws IOException;

  /** Bytes of the file read so far. */
  long bytesRead();
}
