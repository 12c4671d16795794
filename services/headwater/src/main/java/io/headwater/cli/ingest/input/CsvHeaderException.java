package io.headwater.cli.ingest.input;

/** A CSV file's header does not say what is needed. The message says what it does have. */
public final class CsvHeaderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CsvHeaderException(String message) {
    super(message);
  }
}
