package io.headwater.trainer.quantize;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.graph.Floats;
import java.util.Objects;

/**
 * Weights of a linear layer. The array is the record's own and must not be changed.
 *
 * @param rows width of what goes in
 * @param columns width of what comes out
 * @param values {@code [rows][columns]}, flattened
 */
@SuppressWarnings("ArrayRecordComponent") // a matrix has no better form in Java
record Matrix(int rows, int columns, float[] values) {
  Matrix {
    Objects.requireNonNull(values, "values");
    if (values.length != rows * columns) {
      throw new IllegalArgumentException(
          "%d values for %d rows and %d columns".formatted(values.length, rows, columns));
    }
  }

  /** Whether a constant is a matrix of floats that lies in the file itself. */
  static boolean is(TensorProto constant) {
    return constant.getDataType() == TensorProto.DataType.FLOAT.getNumber()
        && constant.getDimsCount() == 2
        && constant.getExternalDataCount() == 0;
  }

  static Matrix of(TensorProto constant) {
    return new Matrix((int) constant.getDims(0), (int) constant.getDims(1), Floats.of(constant));
  }

  /** The same with each row multiplied by its factor. */
  Matrix scaled(ActivationScale scale) {
    float[] scaled = new float[values.length];
    for (int row = 0; row < rows; row++) {
      float factor = scale.factor(row);
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        scaled[i] = values[i] * factor;
      }
    }
    return new Matrix(rows, columns, scaled);
  }

  /** The sum of squares of each row. */
  double[] power() {
    double[] power = new double[rows];
    for (int row = 0; row < rows; row++) {
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        power[row] += values[i] * values[i];
      }
    }
    return power;
  }
}
