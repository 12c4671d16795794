package io.headwater.trainer.quantize;

import java.util.Objects;

/**
 * Weights as 8-bit integers, with a scale for each column.
 *
 * <p>Processors without VNNI instructions multiply pairs of bytes and add the two products in 16
 * bits, where they stop at 32,767: an activation of 255 with two weights of 127 does not fit. So
 * the two weights of a pair, when of one sign, add up to at most 128. Nothing is ever cut off then,
 * and every processor gives the same integers.
 *
 * @param values {@code [rows][columns]}, flattened
 * @param scales for each column what one step is worth
 */
@SuppressWarnings("ArrayRecordComponent") // millions of weights
record IntegerWeights(byte[] values, float[] scales) {
  private static final int LARGEST = 127;
  private static final int LARGEST_PAIR = 128;

  /** How many steps a column's largest weight may be: with fewer, fewer pairs must be changed. */
  private static final int[] STEPS = {127, 120, 112, 104, 96, 88, 80, 72, 64};

  IntegerWeights {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(scales, "scales");
  }

  /** For each column the scale that loses least. */
  static IntegerWeights of(Matrix weights) {
    int columns = weights.columns();
    byte[] values = new byte[weights.values().length];
    float[] scales = new float[columns];
    float[] column = new float[weights.rows()];
    for (int c = 0; c < columns; c++) {
      float largest = 0;
      for (int row = 0; row < column.length; row++) {
        column[row] = weights.values()[row * columns + c];
        largest = Math.max(largest, Math.abs(column[row]));
      }
      scales[c] = largest == 0 ? 1 : best(column, largest);
      byte[] rounded = rounded(column, scales[c]);
      for (int row = 0; row < column.length; row++) {
        values[row * columns + c] = rounded[row];
      }
    }
    return new IntegerWeights(values, scales);
  }

  /** A weight as its integer gives it back. */
  float value(int row, int column) {
    return values[row * scales.length + column] * scales[column];
  }

  private static float best(float[] column, float largest) {
    float best = largest / STEPS[0];
    double least = Double.POSITIVE_INFINITY;
    for (int steps : STEPS) {
      float scale = largest / steps;
      byte[] rounded = rounded(column, scale);
      double error = 0;
      for (int row = 0; row < column.length; row++) {
        double difference = rounded[row] * scale - column[row];
        error += difference * difference;
      }
      if (error < least) {
        least = error;
        best = scale;
      }
    }
    return best;
  }

  private static byte[] rounded(float[] column, float scale) {
    byte[] rounded = new byte[column.length];
    for (int row = 0; row < column.length; row++) {
      double steps = Math.rint(column[row] / scale);
      rounded[row] = (byte) Math.max(-LARGEST, Math.min(LARGEST, steps));
    }
    for (int row = 0; row + 1 < column.length; row += 2) {
      int excess = Math.abs(rounded[row] + rounded[row + 1]) - LARGEST_PAIR;
      if (excess > 0) {
        int sign = rounded[row] < 0 ? -1 : 1;
        rounded[row] -= (byte) (sign * (excess - excess / 2));
        rounded[row + 1] -= (byte) (sign * (excess / 2));
      }
    }
    return rounded;
  }
}
