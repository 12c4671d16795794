package io.headwater.trainer.pretrained;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * One operation of a program.
 *
 * @param output the tensor that it makes
 * @param inputs the tensors that it reads; "" for one that is left out
 * @param action what it does
 */
record Step(String output, List<String> inputs, Action action) {

  /** What an operation does with its inputs. */
  @FunctionalInterface
  interface Action {
    NDArray apply(Run run, List<NDArray> inputs);
  }

  Step {
    inputs = List.copyOf(inputs);
  }
}
