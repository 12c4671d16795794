/** One way to write a forward pass, and the machines that run it: PyTorch, and an ONNX graph. */
@NullMarked
package io.headwater.trainer.tensor;

import org.jspecify.annotations.NullMarked;
