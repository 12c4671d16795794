package io.headwater.cli.offline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Texts with their translations: {@code source TAB reference}, one a line.
 *
 * @param sources the texts of the good lines
 * @param references their translations
 * @param faults one sentence for each bad line, with its number
 */
record SentencePairs(List<String> sources, List<String> references, List<String> faults) {
  private static final String[] NOT_TEXT = {};

  SentencePairs {
    sources = List.copyOf(sources);
    references = List.copyOf(references);
    faults = List.copyOf(faults);
  }

  /**
   * Reads a file.
   *
   * @param limit most good lines; what follows is not read
   */
  static SentencePairs read(Path file, long limit) throws IOException {
    List<String> sources = new ArrayList<>();
    List<String> references = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    try (InputStream input = Files.newInputStream(file)) {
      TextLines lines = new TextLines(input);
      Optional<TextLines.Line> line = sources.size() < limit ? lines.next() : Optional.empty();
      while (line.isPresent()) {
        String[] columns = line.get().text().map(text -> text.split("\t", -1)).orElse(NOT_TEXT);
        Optional<String> fault = fault(columns);
        if (fault.isPresent()) {
          faults.add("line %d %s".formatted(line.get().number(), fault.get()));
        } else {
          sources.add(columns[0]);
          references.add(columns[1]);
        }
        line = sources.size() < limit ? lines.next() : Optional.empty();
      }
    }
    return new SentencePairs(sources, references, faults);
  }

  private static Optional<String> fault(String[] columns) {
    if (columns.length == 0) {
      return Optional.of("is not valid UTF-8");
    }
    if (columns.length == 1) {
      return Optional.of("has no tab between source and reference");
    }
    if (columns.length > 2) {
      return Optional.of("has %d columns, not 2".formatted(columns.length));
    }
    if (columns[0].isBlank()) {
      return Optional.of("has no source");
    }
    return columns[1].isBlank() ? Optional.of("has no reference") : Optional.empty();
  }
}
