package io.headwater.trainer.quantize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.trainer.data.Sentiment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Texts to calibrate with: such as the model is going to read. */
public final class CalibrationTexts {
  private static final JsonMapper JSON = new JsonMapper();

  private CalibrationTexts() {}

  /**
   * Reads UTF-8 lines: JSON objects with a field {@code text}, {@code label TAB text}, or plain
   * texts. Empty lines are passed over.
   *
   * @param most how many are kept, taken evenly from the whole file
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming file and line if a line starts as JSON and is none, or
   *     if there are no texts
   */
  public static List<String> read(Path file, int most) throws IOException {
    List<String> texts = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      if (!line.isBlank()) {
        texts.add(text(line, file, number));
      }
    }
    if (texts.isEmpty()) {
      throw new IllegalArgumentException(file + " has no texts");
    }
    if (texts.size() <= most) {
      return List.copyOf(texts);
    }
    List<String> some = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      some.add(texts.get((int) ((long) i * texts.size() / most)));
    }
    return some;
  }

  private static String text(String line, Path file, int number) {
    int tab = line.indexOf('\t');
    if (tab >= 0 && Sentiment.labels().contains(line.substring(0, tab))) {
      return line.substring(tab + 1);
    }
    if (!line.startsWith("{")) {
      return line;
    }
    try {
      JsonNode text = JSON.readTree(line).path("text");
      if (text.isTextual()) {
        return text.textValue();
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s line %d is no JSON: %s".formatted(file, number, e.getOriginalMessage()), e);
    }
    throw new IllegalArgumentException("%s line %d has no field \"text\"".formatted(file, number));
  }
}
