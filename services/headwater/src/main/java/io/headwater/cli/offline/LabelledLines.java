package io.headwater.cli.offline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Labelled texts: {@code label TAB text}, one a line.
 *
 * @param examples the good lines
 * @param faults one sentence for each bad line, with its number
 */
record LabelledLines(List<Example> examples, List<String> faults) {
  LabelledLines {
    examples = List.copyOf(examples);
    faults = List.copyOf(faults);
  }

  /** A text and its gold label. */
  record Example(String label, String text) {}

  static LabelledLines read(Path file, List<String> labels) throws IOException {
    List<Example> examples = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    try (InputStream input = Files.newInputStream(file)) {
      TextLines lines = new TextLines(input);
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        Optional<String> text = line.get().text();
        int tab = text.map(t -> t.indexOf('\t')).orElse(-1);
        if (text.isEmpty()) {
          faults.add("line %d is not valid UTF-8".formatted(line.get().number()));
        } else if (tab < 0) {
          faults.add("line %d has no tab between label and text".formatted(line.get().number()));
        } else if (!labels.contains(text.get().substring(0, tab))) {
          faults.add(
              "line %d has the label '%s'; the model's are %s"
                  .formatted(line.get().number(), text.get().substring(0, tab), labels));
        } else {
          examples.add(new Example(text.get().substring(0, tab), text.get().substring(tab + 1)));
        }
      }
    }
    return new LabelledLines(examples, faults);
  }
}
