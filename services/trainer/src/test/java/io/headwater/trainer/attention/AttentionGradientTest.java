package io.headwater.trainer.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.tensor.Weights;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PyTorch's gradients are those that the slow loops show when one number at a time is moved. */
class AttentionGradientTest {
  private static final double STEP = 1e-5;
  private static final int PROBES = 4;

  private final Random random = new Random(5);

  static List<Attention> all() {
    return Forms.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAreCentralDifferences(Attention form) {
    Weights weights = Forms.weights(form, 6);
    Texts texts = Texts.within(random, 2, 7, Forms.WIDTH).padded();
    float[] factors = Forms.normal(random, texts.queries().length);
    Map<String, float[]> gradients =
        new TorchAttention(form, weights).gradients(texts, false, factors);
    Map<String, double[]> numbers = ReferenceAttention.doubles(weights);
    numbers.put("queries", ReferenceAttention.doubles(texts.queries()));
    gradients.forEach(
        (name, gradient) -> {
          double[] moved = Objects.requireNonNull(numbers.get(name), name);
          for (int probe = 0; probe < PROBES; probe++) {
            int at = random.nextInt(moved.length);
            double expected = difference(form, numbers, texts, factors, moved, at);
            assertThat((double) gradient[at])
                .as("%s at %d", name, at)
                .isCloseTo(expected, within(1e-4 + 1e-4 * Math.abs(expected)));
          }
        });
  }

  private static double difference(
      Attention form,
      Map<String, double[]> numbers,
      Texts texts,
      float[] factors,
      double[] moved,
      int at) {
    double before = moved[at];
    moved[at] = before + STEP;
    double above = total(form, numbers, texts, factors);
    moved[at] = before - STEP;
    double below = total(form, numbers, texts, factors);
    moved[at] = before;
    return (above - below) / (2 * STEP);
  }

  private static double total(
      Attention form, Map<String, double[]> numbers, Texts texts, float[] factors) {
    double[] x = Objects.requireNonNull(numbers.get("queries"));
    double[] out = new ReferenceAttention(form, numbers).attend(texts, x, x, false);
    double sum = 0;
    for (int i = 0; i < out.length; i++) {
      sum += out[i] * factors[i];
    }
    return sum;
  }
}
