package io.headwater.trainer.attention;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.WeightSpec;
import io.headwater.trainer.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A task that no bag of words can learn: a text has one of two keys and one of two locks, side by
 * side among other words, and the question is whether they belong together.
 */
class AttentionLearningTest {
  private static final int WIDTH = 16;
  private static final int LENGTH = 8;
  private static final int ROWS = 32;
  private static final int WORDS = 9;

  static List<Attention> forms() {
    return List.of(
        new DotProductAttention("dot", WIDTH, 2, 2, 0),
        new AdditiveAttention("additive", WIDTH, 2, 2, 0),
        new GeneralAttention("general", WIDTH, 2, 0),
        new LocalAttention("local", WIDTH, 2, 2, 2, 1, 0),
        new HierarchicalAttention("hierarchical", WIDTH, 2, 2, 4, 0));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void learnsWhichWordsBelongTogether(Attention form) {
    assertThat(accuracy(List.of(form), 300)).isGreaterThan(0.9);
  }

  @Test
  void aBagOfWordsDoesNot() {
    assertThat(accuracy(List.of(), 100)).isLessThan(0.65);
  }

  private static double accuracy(List<Attention> layers, int steps) {
    Random random = new Random(11);
    try (NDManager manager = Torch.newManager()) {
      Map<String, NDArray> weights = weights(manager, layers);
      Optimizer adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.01f)).build();
      for (int step = 0; step < steps; step++) {
        try (NDManager inner = manager.newSubManager()) {
          Batch batch = Batch.random(random, ROWS);
          try (GradientCollector collector = Torch.newCollector()) {
            NDArray logits = logits(inner, weights, layers, batch);
            NDArray signs = inner.create(batch.signs(), new Shape(ROWS, 1));
            collector.backward(logits.mul(signs).neg().exp().add(1).log().mean());
          }
          weights.forEach((name, weight) -> adam.update(name, weight, weight.getGradient()));
        }
      }
      Batch unseen = Batch.random(random, 8 * ROWS);
      float[] logits = logits(manager, weights, layers, unseen).toFloatArray();
      int right = 0;
      for (int row = 0; row < logits.length; row++) {
        right += logits[row] * unseen.signs()[row] > 0 ? 1 : 0;
      }
      return (double) right / logits.length;
    }
  }

  private static Map<String, NDArray> weights(NDManager manager, List<Attention> layers) {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.of("words", WeightSpec.Kind.EMBEDDING, WORDS, WIDTH));
    specs.addAll(WeightSpec.linear("end", WIDTH, 1));
    layers.forEach(layer -> specs.addAll(layer.weights()));
    Map<String, NDArray> arrays = new TreeMap<>();
    Weights.fresh(specs, 12)
        .all()
        .forEach(
            (name, weight) -> {
              long[] shape = weight.spec().shape().stream().mapToLong(size -> size).toArray();
              NDArray array = manager.create(weight.values(), new Shape(shape));
              array.setRequiresGradient(true);
              arrays.put(name, array);
            });
    return arrays;
  }

  private static NDArray logits(
      NDManager manager, Map<String, NDArray> weights, List<Attention> layers, Batch batch) {
    TorchOps ops = new TorchOps(weights, manager, true);
    int rows = batch.signs().length;
    NDArray x = ops.rows(ops.weight("words"), ops.ids(batch.ids(), rows, LENGTH));
    NDArray keep = manager.ones(new Shape(rows, LENGTH));
    for (Attention layer : layers) {
      x = ops.add(x, layer.attend(ops, x, x, new AttentionMask<>(keep, false)));
    }
    return ops.linear(ops.runningSum(x), "end");
  }

  /** Texts, and 1 for those whose key fits their lock, -1 for the others. */
  private record Batch(long[] ids, float[] signs) {

    static Batch random(Random random, int rows) {
      long[] ids = random.longs((long) rows * LENGTH, 4, WORDS).toArray();
      float[] signs = new float[rows];
      for (int row = 0; row < rows; row++) {
        int key = random.nextInt(2);
        int lock = random.nextInt(2);
        int at = row * LENGTH + random.nextInt(LENGTH - 1);
        boolean keyFirst = random.nextBoolean();
        ids[keyFirst ? at : at + 1] = key;
        ids[keyFirst ? at + 1 : at] = 2L + lock;
        signs[row] = key == lock ? 1 : -1;
      }
      return new Batch(ids, signs);
    }
  }
}
