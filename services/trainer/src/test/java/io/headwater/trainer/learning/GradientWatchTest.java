package io.headwater.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.headwater.trainer.network.LayerName;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.WeightSpec;
import io.headwater.trainer.tensor.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GradientWatchTest {
  private static final int LAYERS = 20;
  private static final int WIDTH = 16;

  @Test
  void namesTheFirstLayersOfADeepNetThatBeganTooSmall() {
    GradientWatch watch = watched(0.3f);

    assertThat(watch.vanishing()).contains("layers.0", "layers.1").doesNotContain("layers.19");
    assertThat(watch.exploding()).doesNotContain("layers.0");
    assertThat(watch.sentence()).contains("vanish in layers.0, layers.1").contains("residual");
  }

  @Test
  void findsNothingInOneThatBeganWell() {
    GradientWatch watch = watched(1);

    assertThat(watch.vanishing()).isEmpty();
    assertThat(watch.exploding()).isEmpty();
    assertThat(watch.sentence()).contains("neither vanish nor explode in 20 layers");
  }

  @Test
  void namesLayersThatExplodeOrAreNoNumbers() {
    GradientWatch watch =
        new GradientWatch(
            List.of(Map.of("layers.0", 1e5, "layers.1", 1.0, "layers.2", 2.0, "head", 1e9)));
    GradientWatch broken =
        new GradientWatch(List.of(Map.of("layers.0", Double.NaN, "layers.1", 1.0)));

    assertThat(watch.exploding()).containsExactly("layers.0");
    assertThat(broken.exploding()).containsExactly("layers.0");
    assertThat(broken.sentence()).contains("explode or are no numbers in layers.0");
  }

  @Test
  void takesTheMedianOfItsSteps() {
    List<Map<String, Double>> steps =
        List.of(Map.of("layers.0", 1.0), Map.of("layers.0", 100.0), Map.of("layers.0", 3.0));

    assertThat(new GradientWatch(steps).norms()).containsExactly(Map.entry("layers.0", 3.0));
  }

  /** Three backward passes through tanh layers without residuals. */
  private static GradientWatch watched(float scale) {
    List<WeightSpec> specs = new ArrayList<>();
    for (int layer = 0; layer < LAYERS; layer++) {
      specs.addAll(WeightSpec.linear("layers." + layer, WIDTH, WIDTH));
    }
    List<Map<String, Double>> steps = new ArrayList<>();
    try (NDManager manager = Torch.newManager()) {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      Weights.fresh(specs, 1)
          .all()
          .forEach(
              (name, weight) -> {
                long[] shape =
                    weight.spec().shape().stream().mapToLong(Integer::longValue).toArray();
                NDArray array = manager.create(weight.values(), new Shape(shape)).mul(scale);
                array.setRequiresGradient(true);
                arrays.put(name, array);
              });
      TorchOps ops = new TorchOps(arrays, manager, true);
      Random random = new Random(2);
      for (int step = 0; step < 3; step++) {
        try (GradientCollector collector = Torch.newCollector()) {
          NDArray x = manager.create(gaussian(random), new Shape(8, WIDTH));
          for (int layer = 0; layer < LAYERS; layer++) {
            x = ops.tanh(ops.linear(x, "layers." + layer));
          }
          collector.backward(x.sum());
          steps.add(norms(arrays));
        }
      }
    }
    return new GradientWatch(steps);
  }

  private static Map<String, Double> norms(Map<String, NDArray> arrays) {
    Map<String, Double> norms = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          double norm = Math.sqrt(array.getGradient().square().sum().getFloat());
          norms.merge(LayerName.of(name), norm, Math::hypot);
        });
    return norms;
  }

  private static float[] gaussian(Random random) {
    float[] values = new float[8 * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
