package io.headwater.trainer.translation.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.trainer.translation.TransformerWeights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A trained transformer as ONNX graphs. The same weights give the same bytes. */
public final class TransformerGraphs {

  private TransformerGraphs() {}

  /** The graphs of a layout by the names that their files must have. */
  public static Map<String, ModelProto> of(TransformerWeights weights, DecoderLayout layout) {
    Map<String, ModelProto> graphs = new LinkedHashMap<>();
    graphs.put("encoder_model.onnx", EncoderGraph.write(weights));
    switch (layout) {
      case MERGED -> graphs.put("decoder_model_merged.onnx", DecoderGraph.merged(weights));
      case SPLIT -> {
        graphs.put("decoder_model.onnx", DecoderGraph.firstPass(weights));
        graphs.put("decoder_with_past_model.onnx", DecoderGraph.cachedStep(weights));
      }
    }
    return Collections.unmodifiableMap(graphs);
  }
}
