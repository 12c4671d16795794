package io.headwater.load.river.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that a run found: goals, tables, notes, numbers and plots. Owned by one thread. */
public final class Report {
  private final List<Row> rows = new ArrayList<>();
  private final List<TextTable> tables = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Object> numbers = new LinkedHashMap<>();
  private final Map<String, String> plots = new LinkedHashMap<>();

  public void row(Row row) {
    rows.add(row);
  }

  public void table(TextTable table) {
    tables.add(table);
  }

  public void note(String note) {
    notes.add(note);
  }

  /** A part of the JSON. */
  public void number(String name, Object value) {
    numbers.put(name, value);
  }

  /** A picture, by the name of its file. */
  public void plot(String file, String svg) {
    plots.put(file, svg);
  }

  /** Whether no goal that was measured was missed. */
  public boolean isKept() {
    return rows.stream().noneMatch(row -> row.verdict().equals("MISSED"));
  }

  /** The goals as a table. */
  public TextTable goals() {
    return new TextTable(
        "Goals",
        List.of("what", "goal", "measured", "", "how"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        row.what(), row.goalText(), row.measuredText(), row.verdict(), row.note()))
            .toList());
  }

  /** For a terminal. */
  public String plain() {
    StringBuilder text = new StringBuilder();
    tables.forEach(table -> text.append(table.plain()).append('\n'));
    text.append(goals().plain());
    notes.forEach(note -> text.append("  ").append(note).append('\n'));
    return text.toString();
  }

  /** Writes {@code report.md}, {@code report.json} and the plots. */
  public void write(Path folder) {
    StringBuilder text = new StringBuilder("# Measured\n\n").append(goals().markdown());
    tables.forEach(table -> text.append('\n').append(table.markdown()));
    plots.keySet().forEach(file -> text.append("\n![](%s)\n".formatted(file)));
    text.append('\n');
    notes.forEach(note -> text.append("- ").append(note).append('\n'));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("goals", rows.stream().map(Report::json).toList());
    json.putAll(numbers);
    json.put("notes", notes);
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("report.md"), text);
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(folder.resolve("report.json").toFile(), json);
      for (Map.Entry<String, String> plot : plots.entrySet()) {
        Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the report to " + folder, e);
    }
  }

  private static Map<String, Object> json(Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("what", row.what());
    json.put("goal", row.goalText());
    // JSON has no word for what is not a number.
    json.put("measured", Double.isNaN(row.measured()) ? "not measured" : row.measured());
    json.put("verdict", row.verdict());
    json.put("note", row.note());
    return json;
  }
}
