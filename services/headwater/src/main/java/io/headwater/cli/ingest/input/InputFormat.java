package io.headwater.cli.ingest.input;

import java.util.Locale;

/** How the messages of a file are written. */
public enum InputFormat {
  /**
   * By the file's name: {@code .jsonl}, {@code .ndjson}, {@code .csv}, {@code .tsv}, else lines.
   */
  AUTO,
  /** Each line is a text. */
  LINES,
  /** Each line is a JSON object with the fields of a message. */
  JSONL,
  /** A header line, then records; one column is the text. */
  CSV;

  /** This format, or the one that the file's name tells. */
  public InputFormat forFile(String name) {
    if (this != AUTO) {
      return this;
    }
    return switch (extension(name)) {
      case "jsonl", "ndjson", "json" -> JSONL;
      case "csv", "tsv" -> CSV;
      default -> LINES;
    };
  }

  /** The delimiter of a CSV file with that name. */
  public static char delimiterOf(String name) {
    return extension(name).equals("tsv") ? '\t' : ',';
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
