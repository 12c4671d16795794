package io.headwater.cli.ingest.input;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Which column of a CSV file is which field of a message. Other columns are left out. */
final class CsvMapping {
  private static final List<String> FIELDS =
      List.of("id", "source", "language", "author", "conversation", "sentAt");

  private final CSVFormat format;
  private final Map<Integer, String> fields;
  private final int columns;

  /**
   * The fields of one record.
   *
   * @param fields as a message's JSON has them
   * @param fault why the record cannot be read; empty: it can
   */
  record Row(ObjectNode fields, Optional<String> fault) {}

  private CsvMapping(CSVFormat format, Map<Integer, String> fields, int columns) {
    this.format = format;
    this.fields = Map.copyOf(fields);
    this.columns = columns;
  }

  static CsvMapping of(String header, CsvColumns wanted) {
    CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(wanted.delimiter()).get();
    List<String> names = names(format, header);
    Map<Integer, String> fields = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Optional<String> field =
          name.equalsIgnoreCase(wanted.textColumn())
              ? Optional.of("text")
              : FIELDS.stream().filter(name::equalsIgnoreCase).findFirst();
      if (field.isPresent()) {
        if (!taken.add(field.get())) {
          throw new CsvHeaderException("the header has the column %s twice".formatted(name));
        }
        fields.put(i, field.get());
      }
    }
    if (!taken.contains("text")) {
      throw new CsvHeaderException(
          "the header has no column '%s'; it has %s: name the one with the texts with --text-column"
              .formatted(wanted.textColumn(), names));
    }
    return new CsvMapping(format, fields, names.size());
  }

  /** Reads one record. An empty field, other than the text, counts as not there. */
  Row row(String text) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    List<String> values;
    try {
      values = parsed(format, text);
    } catch (IOException | UncheckedIOException e) {
      return new Row(message, Optional.of("is no CSV: " + e.getMessage()));
    }
    if (values.size() != columns) {
      return new Row(
          message,
          Optional.of("has %d columns and the header has %d".formatted(values.size(), columns)));
    }
    fields.forEach((column, field) -> put(message, field, values.get(column)));
    return new Row(message, Optional.empty());
  }

  private static void put(ObjectNode message, String field, String value) {
    if (field.equals("text")) {
      message.put(field, value);
    } else if (field.equals("sentAt") && value.matches("\\d{1,18}")) {
      message.put(field, Long.parseLong(value));
    } else if (!value.isBlank()) {
      message.put(field, value.strip());
    }
  }

  private static List<String> names(CSVFormat format, String header) {
    try {
      return parsed(format, header).stream().map(String::strip).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new CsvHeaderException("the header is no CSV: " + e.getMessage());
    }
  }

  private static List<String> parsed(CSVFormat format, String text) throws IOException {
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() > 1) {
        throw new IOException("a carriage return stands outside quotes");
      }
      return records.isEmpty() ? List.of("") : records.get(0).toList();
    }
  }
}
