package io.headwater.trainer.pretrained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.headwater.trainer.tensor.TorchOps;

/**
 * What operations may use while a program runs.
 *
 * @param ops silences and shows tensors
 * @param manager owns small arrays, such as shapes
 * @param attentionDropout share of attention weights silenced while training
 * @param residualDropout share of what a block adds silenced while training
 */
record Run(TorchOps ops, NDManager manager, float attentionDropout, float residualDropout) {

  NDArray longs(long... values) {
    return manager.create(values);
  }
}
