package io.headwater.trainer.tuning.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;

/**
 * A list of values without order: words, switches, or whole sections of a configuration.
 *
 * @param path the field
 * @param grid the values
 */
public record ChoiceDimension(ConfigurationPath path, List<JsonNode> grid) implements Dimension {

  /** Copies the values, and checks that they differ. */
  public ChoiceDimension {
    grid = List.copyOf(grid);
    if (grid.size() < 2) {
      throw new IllegalArgumentException("a choice has two values or more");
    }
    if (new HashSet<>(grid).size() < grid.size()) {
      throw new IllegalArgumentException("a value stands twice in the choice");
    }
  }

  @Override
  public JsonNode at(double position) {
    return grid.get(Math.min(grid.size() - 1, (int) (position * grid.size())));
  }

  @Override
  public double position(JsonNode value) {
    return (grid.indexOf(value) + 0.5) / grid.size();
  }

  @Override
  public int choices() {
    return grid.size();
  }
}
