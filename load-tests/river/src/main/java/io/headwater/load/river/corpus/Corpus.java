package io.headwater.load.river.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Real English texts by number, without end: once all were given they come again with their words
 * turned round, so that lengths stay real and hardly a text comes twice. (A river that remembers
 * texts would otherwise be measured on its memory.) Immutable.
 */
public final class Corpus {
  private final List<String> texts;

  /** Over texts that are there. */
  public Corpus(List<String> texts) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("There is no English text among the messages");
    }
    this.texts = List.copyOf(texts);
  }

  /**
   * Reads JSON lines with a field {@code text}; other languages than English are left out, since
   * the sentiment model does not read them.
   */
  public static Corpus read(Path file) {
    ObjectMapper json = new ObjectMapper();
    List<String> texts = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        JsonNode text = json.readTree(line).path("text");
        if (text.isTextual() && EnglishWords.areIn(text.textValue())) {
          texts.add(text.textValue());
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " does not hold JSON lines", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the messages in " + file, e);
    }
    return new Corpus(texts);
  }

  /** Only the first so many of its texts. */
  public Corpus first(int count) {
    return new Corpus(texts.subList(0, Math.min(count, texts.size())));
  }

  /** How many texts there are before they come again. */
  public int size() {
    return texts.size();
  }

  /** The text with that number, from 0. */
  public String text(long number) {
    String text = texts.get((int) (number % texts.size()));
    return turned(text, (int) Math.min(Integer.MAX_VALUE, number / texts.size()));
  }

  private static String turned(String text, int words) {
    if (words == 0) {
      return text;
    }
    String[] parts = text.split(" ");
    StringBuilder turned = new StringBuilder(text.length());
    for (int i = 0; i < parts.length; i++) {
      turned.append(i == 0 ? "" : " ").append(parts[(i + words) % parts.length]);
    }
    return turned.toString();
  }
}
