/** A plain consumer that scores batches, with ONNX Runtime or with DJL. */
@NullMarked
package io.headwater.peers.consumer;

import org.jspecify.annotations.NullMarked;
