/** Turns a trained transformer into ONNX graphs and a model package. */
@NullMarked
package io.headwater.trainer.translation.export;

import org.jspecify.annotations.NullMarked;
