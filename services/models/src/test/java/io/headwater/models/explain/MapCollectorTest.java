package io.headwater.models.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MapCollectorTest {

  @Property(tries = 200)
  void aPackedRowSumsToTheWholeAndIsNeverFarOff(
      @ForAll @IntRange(min = 1, max = 300) int length, @ForAll long seed) {
    float[] row = distribution(length, new Random(seed));
    byte[] packed = new byte[length];

    MapCollector.pack(row, packed, 0);

    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += packed[i] & 0xff;
      assertThat((packed[i] & 0xff) / 255f).isBetween(row[i] - 1 / 255f, row[i] + 1 / 255f);
    }
    assertThat(sum).isEqualTo(255);
  }

  @Test
  void whatIsMaskedStaysZero() {
    byte[] packed = new byte[4];

    MapCollector.pack(new float[] {1 / 3f, 1 / 3f, 1 / 3f, 0}, packed, 0);

    assertThat(packed).containsExactly(85, 85, 85, 0);
  }

  @Test
  void keepsAllHeadsWhereTheyFitElseTheirMeanElseNothing() {
    AttentionLayer layer = layer(2, 3, new Random(7));
    float[][] mean = layer.overHeads(0);

    assertThat(collected(layer, mean, 2 * 2 * 9))
        .hasValueSatisfying(
            maps -> {
              assertThat(maps.layers()).isEqualTo(2);
              assertThat(maps.heads()).isEqualTo(2);
              assertThat(maps.weight(1, 1, 2, 0))
                  .isBetween(
                      layer.weight(0, 1, 2, 0) - 1 / 255f, layer.weight(0, 1, 2, 0) + 1 / 255f);
            });
    assertThat(collected(layer, mean, 2 * 2 * 9 - 1))
        .hasValueSatisfying(
            maps -> {
              assertThat(maps.heads()).isEqualTo(1);
              assertThat(maps.weight(0, 0, 1, 2))
                  .isBetween(mean[1][2] - 1 / 255f, mean[1][2] + 1 / 255f);
            });
    assertThat(collected(layer, mean, 2 * 9 - 1)).isEmpty();
  }

  private static Optional<AttentionMaps> collected(
      AttentionLayer layer, float[][] mean, int limit) {
    MapCollector collector = new MapCollector(2, layer.length(), limit);
    collector.add(layer, mean);
    collector.add(layer, mean);
    return collector.maps();
  }

  private static AttentionLayer layer(int heads, int length, Random random) {
    float[] weights = new float[heads * length * length];
    for (int at = 0; at < weights.length; at += length) {
      System.arraycopy(distribution(length, random), 0, weights, at, length);
    }
    return new AttentionLayer(weights, 1, heads, length);
  }

  private static float[] distribution(int length, Random random) {
    float[] row = new float[length];
    float sum = 0;
    for (int i = 0; i < length; i++) {
      row[i] = (float) Math.exp(3 * random.nextGaussian());
      sum += row[i];
    }
    float whole = sum;
    return floats(Arrays.stream(doubles(row)).map(weight -> weight / whole).toArray());
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
