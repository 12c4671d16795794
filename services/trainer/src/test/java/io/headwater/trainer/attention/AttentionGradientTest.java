package io.headwater.trainer.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.tensor.Weights;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
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

  static List<Attention> anyMemory() {
    return Forms.anyMemory();
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAreCentralDifferences(Attention form) {
    requireCentralDifferences(form, false);
  }

  @ParameterizedTest
  @MethodSource("anyMemory")
  void gradientsAreCentralDifferencesWhereLaterTokensAreHidden(Attention form) {
    requireCentralDifferences(form, true);
  }

  private void requireCentralDifferences(Attention form, boolean causal) {
    Weights weights = Forms.weights(form, 6);
    Texts texts = Texts.within(random, 2, 7, Forms.WIDTH).padded();
    float[] factors = Forms.normal(random, texts.queries().length);
    Map<String, float[]> gradients =
        new TorchAttention(form, weights).gradients(texts, causal, factors);
    Map<String, double[]> numbers = ReferenceAttention.doubles(weights);
    numbers.put("queries", ReferenceAttention.doubles(texts.queries()));
    double[] x = Objects.requireNonNull(numbers.get("queries"));
    ReferenceAttention loops = new ReferenceAttention(form, numbers);
    Supplier<double[]> reference = () -> loops.attend(texts, x, x, causal);
    gradients.forEach(
        (name, gradient) -> {
          double[] moved = Objects.requireNonNull(numbers.get(name), name);
          for (int probe = 0; probe < PROBES; probe++) {
            int at = random.nextInt(moved.length);
            double expected = difference(reference, factors, moved, at);
            assertThat((double) gradient[at])
                .as("%s at %d", name, at)
                .isCloseTo(expected, within(1e-4 + 1e-4 * Math.abs(expected)));
          }
        });
  }

  private static double difference(
      Supplier<double[]> reference, float[] factors, double[] moved, int at) {
    double before = moved[at];
    moved[at] = before + STEP;
    double above = total(reference.get(), factors);
    moved[at] = before - STEP;
    double below = total(reference.get(), factors);
    moved[at] = before;
    return (above - below) / (2 * STEP);
  }

  private static double total(double[] out, float[] factors) {
    double sum = 0;
    for (int i = 0; i < out.length; i++) {
      sum += out[i] * factors[i];
    }
    return sum;
  }
}
