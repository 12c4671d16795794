package io.headwater.trainer.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A part of the file, read key by key. What is wrong is collected, with its path, and a default
 * takes its place, so that everything is looked at once.
 */
final class Section {
  private final String path;
  private final JsonNode node;
  private final List<String> faults;
  private final TreeSet<String> known = new TreeSet<>();

  private Section(String path, JsonNode node, List<String> faults) {
    this.path = path;
    this.node = node;
    this.faults = faults;
  }

  /** The whole file. */
  static Section root(JsonNode node, List<String> faults) {
    Section root = new Section("", node, faults);
    if (!node.isObject()) {
      faults.add("the file must be a mapping with task, model, data and training");
    }
    return root;
  }

  /** Whether a key is there. */
  boolean has(String key) {
    return node.has(key);
  }

  /** A fault of a key. */
  void fault(String key, String what) {
    faults.add(at(key) + " " + what);
  }

  /** A whole number from {@code least} to {@code most}. */
  int whole(String key, int otherwise, int least, int most) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      String bounds =
          most == Integer.MAX_VALUE ? least + " or more" : "from " + least + " to " + most;
      fault(key, "is " + value + "; a whole number, " + bounds);
      return otherwise;
    }
    return value.intValue();
  }

  /** A number of 0 or more. */
  double number(String key, double otherwise) {
    return bounded(key, otherwise, Double.MAX_VALUE, "0 or more");
  }

  /** A number above 0. */
  double positive(String key, double otherwise) {
    double number = bounded(key, otherwise, Double.MAX_VALUE, "more than 0");
    if (number == 0) {
      fault(key, "is 0; a number, more than 0");
      return otherwise;
    }
    return number;
  }

  /** A number from 0 to 1, without 1. */
  double share(String key, double otherwise) {
    return bounded(key, otherwise, Math.nextDown(1.0), "from 0 to 1, without 1");
  }

  /** A number from 0 to 1. */
  double fraction(String key, double otherwise) {
    return bounded(key, otherwise, 1, "from 0 to 1");
  }

  private double bounded(String key, double otherwise, double most, String bounds) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    double number = value.doubleValue();
    if (!value.isNumber() || !(number >= 0 && number <= most)) {
      fault(key, "is " + value + "; a number, " + bounds);
      return otherwise;
    }
    return number;
  }

  /** {@code true} or {@code false}. */
  boolean flag(String key, boolean otherwise) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      fault(key, "is " + value + "; true or false");
      return otherwise;
    }
    return value.booleanValue();
  }

  /** One of some words. */
  String choice(String key, String otherwise, List<String> words) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isTextual() || !words.contains(value.textValue())) {
      fault(key, "is " + value + "; one of " + String.join(", ", words));
      return otherwise;
    }
    return value.textValue();
  }

  /** A text. */
  Optional<String> text(String key) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      fault(key, "is " + value + "; a text");
      return Optional.empty();
    }
    return Optional.of(value.textValue());
  }

  /** Some texts. */
  List<String> texts(String key) {
    JsonNode value = value(key);
    List<String> texts = new ArrayList<>();
    if (!value.isMissingNode() && !value.isArray()) {
      fault(key, "is " + value + "; a list");
      return texts;
    }
    for (int i = 0; i < value.size(); i++) {
      JsonNode item = value.get(i);
      if (item.isTextual() && !item.textValue().isBlank()) {
        texts.add(item.textValue());
      } else {
        fault(key + "[" + i + "]", "is " + item + "; a text");
      }
    }
    return texts;
  }

  /** Some files. */
  List<Path> files(String key) {
    return texts(key).stream().map(Path::of).toList();
  }

  /** A part of this part; empty if it is not there. */
  Section section(String key) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isObject()) {
      fault(key, "is " + value + "; a mapping");
    }
    return new Section(at(key), value, faults);
  }

  /** A list of parts. */
  List<Section> sections(String key) {
    JsonNode value = value(key);
    List<Section> sections = new ArrayList<>();
    if (!value.isMissingNode() && !value.isArray()) {
      fault(key, "is " + value + "; a list");
      return sections;
    }
    for (int i = 0; i < value.size(); i++) {
      String item = key + "[" + i + "]";
      if (!value.get(i).isObject()) {
        fault(item, "is " + value.get(i) + "; a mapping");
      }
      sections.add(new Section(at(item), value.get(i), faults));
    }
    return sections;
  }

  /** Says which keys nobody read. */
  void end() {
    node.properties().stream()
        .map(Map.Entry::getKey)
        .filter(key -> !known.contains(key))
        .forEach(key -> fault(key, "is not known here; known: " + String.join(", ", known)));
  }

  private JsonNode value(String key) {
    known.add(key);
    JsonNode value = node.path(key);
    // "key:" with nothing after it.
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
