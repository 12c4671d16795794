/**
 * Pretrained ONNX encoders as networks that can be trained further: read, run in PyTorch, written
 * again.
 */
@NullMarked
package io.headwater.trainer.pretrained;

import org.jspecify.annotations.NullMarked;
