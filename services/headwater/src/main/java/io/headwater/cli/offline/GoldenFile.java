package io.headwater.cli.offline;

import io.headwater.cli.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The golden file of a package: rows of columns between tabs, and above them lines {@code # key
 * value} that say how exactly they must come out.
 *
 * @param file where it lies
 * @param keys what the lines above say
 * @param lines the rows, each with its number in the file
 */
record GoldenFile(Path file, Map<String, String> keys, List<Line> lines) {
  GoldenFile {
    keys = Map.copyOf(keys);
    lines = List.copyOf(lines);
  }

  /** A row. */
  record Line(long number, List<String> columns) {}

  static GoldenFile read(Path file) throws IOException {
    Map<String, String> keys = new HashMap<>();
    List<Line> lines = new ArrayList<>();
    try (InputStream input = Files.newInputStream(file)) {
      TextLines texts = new TextLines(input);
      for (var line = texts.next(); line.isPresent(); line = texts.next()) {
        long number = line.get().number();
        String text =
            line.get()
                .text()
                .orElseThrow(
                    () ->
                        new CommandFailure(
                            "%s: line %d is not valid UTF-8".formatted(file, number)));
        if (text.startsWith("#")) {
          String[] words = text.substring(1).strip().split("\\s+", 2);
          if (words.length == 2) {
            keys.put(words[0], words[1].strip());
          }
        } else if (!text.isBlank()) {
          lines.add(new Line(number, List.of(text.split("\t", -1))));
        }
      }
    }
    if (lines.isEmpty()) {
      throw new CommandFailure(file + " has no texts");
    }
    return new GoldenFile(file, keys, lines);
  }

  /** The rows, which must have so many columns. */
  List<List<String>> rows(int columns) {
    for (Line line : lines) {
      if (line.columns().size() != columns) {
        throw new CommandFailure(
            "%s: line %d has %d columns, not %d"
                .formatted(file, line.number(), line.columns().size(), columns));
      }
    }
    return lines.stream().map(Line::columns).toList();
  }

  Optional<String> word(String key) {
    return Optional.ofNullable(keys.get(key));
  }

  double number(String key, double otherwise) {
    return word(key).map(GoldenFile::number).orElse(otherwise);
  }

  static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new CommandFailure("'%s' in the golden file is not a number".formatted(text), e);
    }
  }

  CommandFailure lacks(String key) {
    return new CommandFailure("%s lacks the line `# %s ...`".formatted(file, key));
  }
}
