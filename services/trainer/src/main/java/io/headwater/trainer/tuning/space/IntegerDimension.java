package io.headwater.trainer.tuning.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whole numbers from {@code low} to {@code high}, {@code step} apart.
 *
 * @param path the field
 * @param low the least
 * @param high the greatest
 * @param step their distance
 */
public record IntegerDimension(ConfigurationPath path, int low, int high, int step)
    implements Dimension {

  /** Checks the bounds. */
  public IntegerDimension {
    if (low >= high) {
      throw new IllegalArgumentException("the first bound must be less than the second");
    }
    if (step < 1) {
      throw new IllegalArgumentException("step must be 1 or more");
    }
    if (((long) high - low) % step != 0) {
      throw new IllegalArgumentException(
          "from %d no steps of %d lead to %d".formatted(low, step, high));
    }
  }

  @Override
  public JsonNode at(double position) {
    long index = Math.min(count() - 1, (long) (position * count()));
    return IntNode.valueOf((int) (low + index * step));
  }

  @Override
  public double position(JsonNode value) {
    return ((value.asLong() - low) / (double) step + 0.5) / count();
  }

  @Override
  public List<JsonNode> grid() {
    return IntStream.iterate(0, i -> i < count(), i -> i + 1)
        .<JsonNode>mapToObj(i -> IntNode.valueOf(low + i * step))
        .toList();
  }

  private long count() {
    return ((long) high - low) / step + 1;
  }
}
