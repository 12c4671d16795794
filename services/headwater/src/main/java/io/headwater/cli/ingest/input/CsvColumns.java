package io.headwater.cli.ingest.input;

/**
 * What to look for in a CSV file.
 *
 * @param textColumn name of the column with the texts
 * @param delimiter between fields; a character of ASCII
 */
public record CsvColumns(String textColumn, char delimiter) {
  public CsvColumns {
    if (textColumn.isBlank()) {
      throw new CsvHeaderException("the text column needs a name");
    }
    if (delimiter > 0x7F || delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
      throw new IllegalArgumentException("The delimiter must be a plain character of ASCII");
    }
  }
}
