package io.headwater.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.Weights;

/**
 * A classifier of token rows as training sees it: fresh or pretrained weights, a differentiable
 * forward pass, and an export. Immutable; the weights travel beside it.
 */
public interface TrainableClassifier {

  /** The weights that a training begins with; the same seed gives the same. */
  Weights initial(long seed);

  /**
   * Logits of a batch, {@code [B, labels]}.
   *
   * @param ops over the weights as they are now; its dropout and its watcher are used
   */
  NDArray logits(TorchOps ops, Tokens<NDArray> batch);

  /** Whether training may change a weight; the others stay as they begin, and take no memory. */
  default boolean trains(String weight) {
    return true;
  }

  /** The layer that a weight is of, for a person to read. */
  default String layer(String weight) {
    return LayerName.of(weight);
  }

  /**
   * The graph that the scorer runs: {@code input_ids} and {@code attention_mask}, int64 {@code
   * [batch, length]}, to {@code probabilities}, float {@code [batch, labels]}. A row's bits do not
   * depend on the rest of its batch.
   *
   * @param temperature what logits are divided by before the softmax (Guo et al. 2017, "On
   *     Calibration of Modern Neural Networks"); 1 changes nothing
   */
  ModelProto export(Weights trained, float temperature);
}
