/** The package's tokenizer and graph, by DJL's tokenizers and ONNX Runtime alone. */
@NullMarked
package io.headwater.peers.model;

import org.jspecify.annotations.NullMarked;
