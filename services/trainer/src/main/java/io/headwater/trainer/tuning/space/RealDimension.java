package io.headwater.trainer.tuning.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Numbers of an interval, spread evenly or by their logarithms.
 *
 * @param path the field
 * @param low the least
 * @param high the greatest
 * @param logarithmic whether halving counts as much as doubling
 * @param points values of a grid
 */
public record RealDimension(
    ConfigurationPath path, double low, double high, boolean logarithmic, int points)
    implements Dimension {
  /** Enough to tell settings apart, and short enough to read. */
  private static final MathContext DIGITS = new MathContext(6);

  /** Checks the bounds. */
  public RealDimension {
    if (!Double.isFinite(low) || !Double.isFinite(high) || !(low < high)) {
      throw new IllegalArgumentException("the first bound must be less than the second");
    }
    if (logarithmic && low <= 0) {
      throw new IllegalArgumentException("bounds of log must be greater than 0");
    }
    if (points < 2) {
      throw new IllegalArgumentException("points must be 2 or more");
    }
  }

  @Override
  public JsonNode at(double position) {
    double value = down(up(low) + position * (up(high) - up(low)));
    double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
    return DoubleNode.valueOf(Math.min(high, Math.max(low, rounded)));
  }

  @Override
  public double position(JsonNode value) {
    double share = (up(value.asDouble()) - up(low)) / (up(high) - up(low));
    return Math.min(1, Math.max(0, share));
  }

  @Override
  public List<JsonNode> grid() {
    return IntStream.range(0, points).mapToObj(i -> at(i / (points - 1.0))).toList();
  }

  private double up(double value) {
    return logarithmic ? Math.log(value) : value;
  }

  private double down(double value) {
    return logarithmic ? Math.exp(value) : value;
  }
}
