package io.headwater.trainer.translation.export;

/** How a decoder is packed into files; both are layouts that Hugging Face Optimum writes. */
public enum DecoderLayout {
  /** {@code decoder_model_merged.onnx}: one graph with a switch, which holds the weights once. */
  MERGED,
  /** {@code decoder_model.onnx} and {@code decoder_with_past_model.onnx}: each has the weights. */
  SPLIT
}
