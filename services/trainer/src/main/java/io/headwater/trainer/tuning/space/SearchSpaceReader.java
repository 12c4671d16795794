package io.headwater.trainer.tuning.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a space from its section of the configuration; collects all that is wrong with it. */
public final class SearchSpaceReader {
  private static final Set<String> KINDS = Set.of("log", "linear", "integer", "choice");
  private static final int GRID_POINTS = 3;

  private final String section;
  private final List<String> faults;

  /**
   * A reader.
   *
   * @param section where the space stands, for its faults
   * @param faults to which they are added
   */
  public SearchSpaceReader(String section, List<String> faults) {
    this.section = section;
    this.faults = faults;
  }

  /** Reads what there is; the result is only whole if no faults were added. */
  public SearchSpace read(JsonNode space) {
    List<Dimension> dimensions = new ArrayList<>();
    if (!space.isObject() || space.isEmpty()) {
      faults.add(
          section
              + " must name fields and their values: training.learningRate: {log: [0.0001, 0.01]}");
    }
    for (Map.Entry<String, JsonNode> entry : space.properties()) {
      String where = section + "." + entry.getKey();
      try {
        dimensions.add(dimension(ConfigurationPath.parse(entry.getKey()), entry.getValue()));
      } catch (IllegalArgumentException e) {
        faults.add(where + ": " + e.getMessage());
      }
    }
    return new SearchSpace(dimensions);
  }

  private static Dimension dimension(ConfigurationPath path, JsonNode form) {
    List<String> kinds = new ArrayList<>();
    form.fieldNames()
        .forEachRemaining(
            name -> {
              if (KINDS.contains(name)) {
                kinds.add(name);
              }
            });
    if (kinds.size() != 1) {
      throw new IllegalArgumentException(
          "must be one of {log: [low, high]}, {linear: [low, high]}, {integer: [low, high]},"
              + " {choice: [a, b]}");
    }
    String kind = kinds.get(0);
    JsonNode values = form.path(kind);
    return switch (kind) {
      case "choice" -> choice(path, form, values);
      case "integer" -> {
        known(form, Set.of(kind, "step"));
        bounds(values);
        int step = form.has("step") ? whole(form.path("step"), "step") : 1;
        yield new IntegerDimension(
            path, whole(values.get(0), "a bound"), whole(values.get(1), "a bound"), step);
      }
      default -> {
        known(form, Set.of(kind, "points"));
        bounds(values);
        int points = form.has("points") ? whole(form.path("points"), "points") : GRID_POINTS;
        yield new RealDimension(
            path, number(values.get(0)), number(values.get(1)), kind.equals("log"), points);
      }
    };
  }

  private static Dimension choice(ConfigurationPath path, JsonNode form, JsonNode values) {
    known(form, Set.of("choice"));
    if (!values.isArray()) {
      throw new IllegalArgumentException("choice must be a list of values");
    }
    List<JsonNode> all = new ArrayList<>();
    values.forEach(all::add);
    return new ChoiceDimension(path, all);
  }

  private static void known(JsonNode form, Set<String> keys) {
    form.fieldNames()
        .forEachRemaining(
            name -> {
              if (!keys.contains(name)) {
                throw new IllegalArgumentException("there is no " + name + " here");
              }
            });
  }

  private static void bounds(JsonNode values) {
    if (!values.isArray() || values.size() != 2) {
      throw new IllegalArgumentException("bounds are two numbers: [low, high]");
    }
  }

  private static double number(JsonNode value) {
    if (!value.isNumber()) {
      throw new IllegalArgumentException("a bound must be a number, not " + value);
    }
    return value.asDouble();
  }

  private static int whole(JsonNode value, String what) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new IllegalArgumentException(what + " must be a whole number, not " + value);
    }
    return value.asInt();
  }
}
