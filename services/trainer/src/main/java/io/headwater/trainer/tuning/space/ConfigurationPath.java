package io.headwater.trainer.tuning.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one or several places of a configuration: {@code training.learningRate}, {@code
 * model.layers[0].attention.heads}, or, for all elements of a list, {@code model.layers[*]}.
 *
 * @param text as it is written
 * @param steps from the root to the place
 */
public record ConfigurationPath(String text, List<Step> steps) {
  private static final Pattern FORM =
      Pattern.compile(
          "[^.\\[\\]\\s]+(\\[(\\d{1,6}|\\*)])*(\\.[^.\\[\\]\\s]+(\\[(\\d{1,6}|\\*)])*)*");
  private static final Pattern STEP = Pattern.compile("\\[(\\d+|\\*)]|[^.\\[\\]]+");

  /** One step down the tree. */
  public sealed interface Step {}

  /** Into a field of an object. */
  public record Field(String name) implements Step {}

  /** Into an element of a list. */
  public record Element(int index) implements Step {}

  /** Into all elements of a list. */
  public record EveryElement() implements Step {}

  /** Copies the steps. */
  public ConfigurationPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if it has not the form of one
   */
  public static ConfigurationPath parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          text
              + " is no path: write it as model.layers[0].attention.heads or model.layers[*].kind");
    }
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    while (matcher.find()) {
      String index = matcher.group(1);
      if (index == null) {
        steps.add(new Field(matcher.group()));
      } else {
        steps.add(index.equals("*") ? new EveryElement() : new Element(Integer.parseInt(index)));
      }
    }
    return new ConfigurationPath(text, steps);
  }

  /**
   * Puts a value to all places that the path names. Objects on the way that are not there are made,
   * for their fields may all have defaults; elements of lists are not.
   *
   * @throws IllegalArgumentException if the configuration has no such place
   */
  public void set(ObjectNode root, JsonNode value) {
    set(root, 0, "", value);
  }

  private void set(JsonNode node, int depth, String above, JsonNode value) {
    Step step = steps.get(depth);
    if (step instanceof Field field) {
      setField(node, field.name(), depth, above, value);
      return;
    }
    int size = list(node, above).size();
    if (step instanceof Element element && element.index() >= size) {
      throw new IllegalArgumentException("%s: %s has %d elements".formatted(text, above, size));
    }
    if (size == 0) {
      throw new IllegalArgumentException("%s: %s is empty".formatted(text, above));
    }
    for (int index = 0; index < size; index++) {
      if (!(step instanceof Element element) || element.index() == index) {
        setElement(node, index, depth, above, value);
      }
    }
  }

  private void setField(JsonNode node, String name, int depth, String above, JsonNode value) {
    if (!(node instanceof ObjectNode object)) {
      throw new IllegalArgumentException(
          "%s: %s is not a section with fields".formatted(text, above));
    }
    if (depth == steps.size() - 1) {
      object.set(name, value.deepCopy());
      return;
    }
    if (!object.hasNonNull(name) && steps.get(depth + 1) instanceof Field) {
      object.putObject(name);
    }
    set(object.path(name), depth + 1, above.isEmpty() ? name : above + "." + name, value);
  }

  private void setElement(JsonNode node, int index, int depth, String above, JsonNode value) {
    ArrayNode list = list(node, above);
    if (depth == steps.size() - 1) {
      list.set(index, value.deepCopy());
    } else {
      set(list.get(index), depth + 1, above + "[" + index + "]", value);
    }
  }

  private ArrayNode list(JsonNode node, String above) {
    if (node instanceof ArrayNode list) {
      return list;
    }
    throw new IllegalArgumentException(
        node.isMissingNode()
            ? "%s: the configuration has no %s".formatted(text, above)
            : "%s: %s is not a list".formatted(text, above));
  }

  @Override
  public String toString() {
    return text;
  }
}
