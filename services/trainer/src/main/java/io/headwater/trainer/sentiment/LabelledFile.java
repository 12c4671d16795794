package io.headwater.trainer.sentiment;

import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.data.Sentiment;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads lines of {@code label TAB text}, and says of every line that is none what is wrong. */
final class LabelledFile {
  private static final int SHOWN = 10;

  private LabelledFile() {}

  /**
   * Reads files.
   *
   * @throws IOException if one cannot be read
   * @throws IllegalArgumentException with the first ten bad lines, and how many there are
   */
  static List<LabelledTexts> read(List<Path> files) throws IOException {
    List<String> faults = new ArrayList<>();
    List<LabelledTexts> sets = new ArrayList<>();
    for (Path file : files) {
      sets.add(read(file, faults));
    }
    if (!faults.isEmpty()) {
      List<String> shown = new ArrayList<>(faults.subList(0, Math.min(SHOWN, faults.size())));
      shown.add(faults.size() + " bad lines in all; nothing was trained");
      throw new IllegalArgumentException(String.join(System.lineSeparator(), shown));
    }
    return sets;
  }

  private static LabelledTexts read(Path file, List<String> faults) throws IOException {
    List<String> texts = new ArrayList<>();
    List<Sentiment> labels = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String place = file + " line " + (i + 1) + ": ";
      int tab = line.indexOf('\t');
      if (tab < 0) {
        faults.add(place + "no TAB between label and text");
      } else if (line.substring(tab + 1).isBlank()) {
        faults.add(place + "no text after the label");
      } else {
        try {
          labels.add(Sentiment.parse(line.substring(0, tab)));
          texts.add(line.substring(tab + 1));
        } catch (IllegalArgumentException e) {
          faults.add(place + e.getMessage());
        }
      }
    }
    if (lines.isEmpty()) {
      faults.add(file + " line 1: the file is empty");
    }
    String name = LabelledTexts.nameOf(file);
    return new LabelledTexts(name, texts, labels);
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException(file + " is not UTF-8", e);
    }
  }
}
