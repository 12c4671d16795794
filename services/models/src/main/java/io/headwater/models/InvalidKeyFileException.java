package io.headwater.models;

import java.nio.file.Path;

/** A file that should hold a key and does not; the message is one line without its content. */
public final class InvalidKeyFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidKeyFileException(Path file, String fault) {
    super("key file %s %s".formatted(file, fault));
  }
}
