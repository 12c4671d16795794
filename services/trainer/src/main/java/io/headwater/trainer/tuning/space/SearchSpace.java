package io.headwater.trainer.tuning.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is varied; a point of it has a position between 0 and 1 in each dimension.
 *
 * @param dimensions in the order in which they are set: of two that name one field, the later wins
 */
public record SearchSpace(List<Dimension> dimensions) {

  /** Copies the dimensions. */
  public SearchSpace {
    dimensions = List.copyOf(dimensions);
  }

  /** The values at a point, by the paths of their fields. */
  public Map<String, JsonNode> at(List<Double> point) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (int i = 0; i < dimensions.size(); i++) {
      values.put(dimensions.get(i).path().text(), dimensions.get(i).at(point.get(i)));
    }
    return values;
  }

  /** The point that has these values. */
  public List<Double> point(Map<String, JsonNode> values) {
    List<Double> point = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      JsonNode value = values.get(dimension.path().text());
      if (value == null) {
        throw new IllegalArgumentException("no value for " + dimension.path());
      }
      point.add(dimension.position(value));
    }
    return point;
  }

  /**
   * A copy of a configuration with these values in it.
   *
   * @throws IllegalArgumentException if the configuration has no such places
   */
  public ObjectNode fill(ObjectNode configuration, Map<String, JsonNode> values) {
    ObjectNode filled = configuration.deepCopy();
    for (Dimension dimension : dimensions) {
      JsonNode value = values.get(dimension.path().text());
      if (value != null) {
        dimension.path().set(filled, value);
      }
    }
    return filled;
  }
}
