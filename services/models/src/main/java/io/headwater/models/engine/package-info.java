/** Runs the graphs of model packages with ONNX Runtime. */
@NullMarked
package io.headwater.models.engine;

import org.jspecify.annotations.NullMarked;
