package io.headwater.trainer.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IntegerWeightsTest {

  @Test
  void eachColumnHasAScaleOfItsOwn() {
    Matrix weights = new Matrix(2, 2, new float[] {1.27f, 12.7f, 0.01f, -6.4f});

    IntegerWeights rounded = IntegerWeights.of(weights);

    assertThat(rounded.values()[0]).isEqualTo((byte) 127);
    assertThat(rounded.values()[2]).isEqualTo((byte) 1);
    assertThat(rounded.scales()[0]).isCloseTo(0.01f, within(1e-6f));
    assertThat(rounded.value(0, 1)).isCloseTo(12.7f, within(0.1f));
    assertThat(rounded.value(1, 1)).isCloseTo(-6.4f, within(0.1f));
  }

  @Test
  void aColumnOfZerosStaysZero() {
    IntegerWeights rounded = IntegerWeights.of(new Matrix(2, 1, new float[2]));

    assertThat(rounded.values()).containsOnly(0);
    assertThat(rounded.scales()[0]).isEqualTo(1);
  }

  @Test
  void aPairOfTheLargestWeightsFitsIntoSixteenBits() {
    Matrix equal = new Matrix(4, 1, new float[] {1, 1, -1, -1});

    IntegerWeights rounded = IntegerWeights.of(equal);

    assertThat(rounded.values()).containsExactly(64, 64, -64, -64);
    assertThat(rounded.value(0, 0)).isCloseTo(1, within(1e-6f));
  }

  @Test
  void noPairEverOverflowsAndRandomWeightsComeBackNear() {
    Random random = new Random(7);
    int rows = 64;
    int columns = 48;
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Matrix weights = new Matrix(rows, columns, values);

    IntegerWeights rounded = IntegerWeights.of(weights);

    double error = 0;
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row += 2) {
        int first = rounded.values()[row * columns + column];
        int second = rounded.values()[(row + 1) * columns + column];
        int positive = Math.max(first, 0) + Math.max(second, 0);
        int negative = Math.min(first, 0) + Math.min(second, 0);
        assertThat(255 * positive).isLessThanOrEqualTo(Short.MAX_VALUE);
        assertThat(255 * negative).isGreaterThanOrEqualTo(Short.MIN_VALUE);
        error += Math.pow(rounded.value(row, column) - weights.values()[row * columns + column], 2);
      }
    }
    assertThat(Math.sqrt(error / values.length)).isLessThan(0.02);
  }
}
