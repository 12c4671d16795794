package io.headwater.trainer.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.Weights;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** A form of attention in PyTorch, with plain arrays in and out. */
final class TorchAttention {
  private final Attention form;
  private final Weights weights;
  private final boolean training;
  private final BiConsumer<String, NDArray> watcher;

  TorchAttention(Attention form, Weights weights) {
    this(form, weights, false, (name, array) -> {});
  }

  TorchAttention(
      Attention form, Weights weights, boolean training, BiConsumer<String, NDArray> watcher) {
    this.form = form;
    this.weights = weights;
    this.training = training;
    this.watcher = watcher;
  }

  /** {@code [B, Q, d]}. */
  float[] attend(Texts texts, boolean causal) {
    try (NDManager manager = Torch.newManager()) {
      return pass(manager, arrays(manager), texts, causal).toFloatArray();
    }
  }

  /**
   * How the sum of all results, each by a factor of its own, changes with each weight, and with the
   * {@code queries}.
   */
  Map<String, float[]> gradients(Texts texts, boolean causal, float[] factors) {
    try (NDManager manager = Torch.newManager()) {
      Map<String, NDArray> arrays = arrays(manager);
      arrays.put("queries", queries(manager, texts));
      arrays.values().forEach(array -> array.setRequiresGradient(true));
      try (GradientCollector collector = Torch.newCollector()) {
        NDArray out = pass(manager, arrays, texts, causal);
        collector.backward(out.mul(manager.create(factors, out.getShape())).sum());
      }
      Map<String, float[]> gradients = new HashMap<>();
      arrays.forEach((name, array) -> gradients.put(name, array.getGradient().toFloatArray()));
      return gradients;
    }
  }

  private Map<String, NDArray> arrays(NDManager manager) {
    Map<String, NDArray> arrays = new HashMap<>();
    weights
        .all()
        .forEach(
            (name, weight) -> {
              long[] shape = weight.spec().shape().stream().mapToLong(size -> size).toArray();
              arrays.put(name, manager.create(weight.values(), new Shape(shape)));
            });
    return arrays;
  }

  private static NDArray queries(NDManager manager, Texts texts) {
    return manager.create(texts.queries(), new Shape(texts.rows(), texts.asking(), texts.width()));
  }

  private NDArray pass(
      NDManager manager, Map<String, NDArray> arrays, Texts texts, boolean causal) {
    TorchOps ops = new TorchOps(arrays, manager, training, watcher);
    NDArray given = arrays.get("queries");
    NDArray queries = given == null ? queries(manager, texts) : given;
    NDArray memory =
        texts.itself()
            ? queries
            : manager.create(texts.memory(), new Shape(texts.rows(), texts.asked(), texts.width()));
    NDArray keep = manager.create(texts.keep(), new Shape(texts.rows(), texts.asked()));
    return form.attend(ops, queries, memory, new AttentionMask<>(keep, causal));
  }
}
