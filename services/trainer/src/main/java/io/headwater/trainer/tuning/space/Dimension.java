package io.headwater.trainer.tuning.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A field of the configuration and the values it may take. A value is also a position between 0 and
 * 1, evenly spread over the values, which is all that a sampler sees.
 */
public sealed interface Dimension permits RealDimension, IntegerDimension, ChoiceDimension {

  /** The field. */
  ConfigurationPath path();

  /** The value at a position from 0 to 1. */
  JsonNode at(double position);

  /** The position of a value; {@code at} gives the value back. */
  double position(JsonNode value);

  /** The values of a grid, in order. */
  List<JsonNode> grid();

  /** How many values there are that have no order; 0 if they have one. */
  default int choices() {
    return 0;
  }
}
