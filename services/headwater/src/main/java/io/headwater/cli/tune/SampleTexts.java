package io.headwater.cli.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.avro.Message;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.river.DemoMessages;
import io.headwater.tokenizer.language.LanguageDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The texts to measure with: what counts is how long they are. */
final class SampleTexts {
  private static final int FEWEST_OF_A_LANGUAGE = 8;

  private SampleTexts() {}

  /**
   * Reads texts.
   *
   * @param file JSON lines with the field text, or one text a line; empty for the messages that
   *     come with the program
   * @throws CommandFailure when a line is bad or there are none
   */
  static List<String> read(Optional<Path> file) throws IOException {
    List<String> texts =
        file.isEmpty()
            ? DemoMessages.bundled().stream().map(Message::getText).toList()
            : mixed(lines(file.get()));
    if (texts.isEmpty()) {
      throw new CommandFailure("%s has no texts".formatted(file.orElseThrow()));
    }
    return texts;
  }

  /** Files are often sorted by something, and not all of a long one is used. */
  private static List<String> mixed(List<String> lines) {
    List<String> mixed = new ArrayList<>(lines);
    Collections.shuffle(mixed, new Random(1));
    return mixed;
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.startsWith("{")) {
        texts.add(text(json, line, number, file));
      } else if (!line.isBlank()) {
        texts.add(line);
      }
    }
    return texts;
  }

  private static String text(ObjectMapper json, String line, int number, Path file) {
    try {
      JsonNode text = json.readTree(line).path("text");
      if (text.isTextual() && !text.asText().isBlank()) {
        return text.asText();
      }
    } catch (JsonProcessingException e) {
      throw new CommandFailure("%s, line %d is not JSON".formatted(file, number), e);
    }
    throw new CommandFailure("%s, line %d has no text".formatted(file, number));
  }

  /** Those in a language; all where there are too few of it to tell anything. */
  static List<String> in(String language, List<String> texts, LanguageDetector detector) {
    List<String> some =
        texts.stream().filter(text -> detector.detect(text).equals(language)).toList();
    return some.size() < FEWEST_OF_A_LANGUAGE ? texts : some;
  }
}
