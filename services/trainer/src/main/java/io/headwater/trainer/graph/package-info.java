/** Builds ONNX graphs and joins them: pooling and head onto an encoder. */
@NullMarked
package io.headwater.trainer.graph;

import org.jspecify.annotations.NullMarked;
