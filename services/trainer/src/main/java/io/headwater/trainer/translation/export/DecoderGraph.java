package io.headwater.trainer.translation.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.graph.GraphWriter;
import io.headwater.trainer.graph.Operator;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import io.headwater.trainer.translation.export.DecoderTensors.Side;
import java.util.List;

/** The decoder in its three forms: the first pass, a step with a cache, and both in one. */
final class DecoderGraph {

  private final GraphWriter graph;
  private final GraphConstants constants;
  private final Blocks blocks;
  private final DecoderTensors tensors;

  private DecoderGraph(String name, TransformerWeights weights) {
    this.graph = GraphWriter.transformer(name);
    this.constants = new GraphConstants(graph, weights);
    this.blocks = new Blocks(graph, constants, "");
    this.tensors = new DecoderTensors(DecoderSizes.of(weights.shape()));
  }

  /** Without a cache: {@code decoder_model.onnx}. */
  static ModelProto firstPass(TransformerWeights weights) {
    DecoderGraph decoder = new DecoderGraph("headwater-decoder", weights);
    decoder.tensors.addTokens(decoder.graph, DecoderTensors.length());
    decoder.tensors.addSourceStates(decoder.graph);
    FirstPass.write(
        decoder.blocks,
        decoder.blocks.embeddings(DecoderTensors.IDS),
        decoder.blocks.maskBias(DecoderTensors.SOURCE_MASK));
    decoder.tensors.addOutputs(decoder.graph, "", List.of(Side.values()), DecoderTensors.length());
    return decoder.graph.toModel();
  }

  /** With a cache, one token at a time: {@code decoder_with_past_model.onnx}. */
  static ModelProto cachedStep(TransformerWeights weights) {
    DecoderGraph decoder = new DecoderGraph("headwater-decoder-with-past", weights);
    decoder.tensors.addTokens(decoder.graph, "1");
    decoder.tensors.addPast(decoder.graph);
    CachedStep.write(
        decoder.blocks,
        decoder.blocks.embeddings(DecoderTensors.IDS),
        decoder.blocks.maskBias(DecoderTensors.SOURCE_MASK));
    decoder.tensors.addOutputs(decoder.graph, "", List.of(Side.DECODER), "1");
    return decoder.graph.toModel();
  }

  /**
   * Both, behind a switch: {@code decoder_model_merged.onnx}. The branches share the weights. With
   * the cache, the source's keys and values come out empty, as they have not changed.
   */
  static ModelProto merged(TransformerWeights weights) {
    DecoderGraph decoder = new DecoderGraph("headwater-decoder-merged", weights);
    decoder.tensors.addTokens(decoder.graph, DecoderTensors.length());
    decoder.tensors.addSourceStates(decoder.graph);
    decoder.tensors.addPast(decoder.graph);
    decoder.tensors.addSwitch(decoder.graph);
    decoder.addSwitch();
    decoder.tensors.addOutputs(decoder.graph, "", List.of(Side.values()), DecoderTensors.length());
    return decoder.graph.toModel();
  }

  private void addSwitch() {
    String embeddings = blocks.embeddings(DecoderTensors.IDS);
    String bias = blocks.maskBias(DecoderTensors.SOURCE_MASK);
    GraphWriter step = GraphWriter.transformer("step");
    CachedStep.write(new Blocks(step, constants, "step/"), embeddings, bias);
    addUnchanged(step, "step/");
    tensors.addOutputs(step, "step/", List.of(Side.values()), "1");
    GraphWriter first = GraphWriter.transformer("first");
    FirstPass.write(new Blocks(first, constants, "first/"), embeddings, bias);
    tensors.addOutputs(first, "first/", List.of(Side.values()), DecoderTensors.length());
    graph.add(
        Operator.of("If", DecoderTensors.USE_CACHE)
            .to(tensors.outputs(""))
            .with("then_branch", step)
            .with("else_branch", first));
  }

  private void addUnchanged(GraphWriter step, String scope) {
    TransformerShape shape = constants.shape();
    TensorProto nothing =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addAllDims(List.of(0L, (long) shape.heads(), 1L, (long) shape.headWidth()))
            .build();
    for (int layer = 0; layer < shape.decoderLayers(); layer++) {
      for (String what : List.of("key", "value")) {
        String name = scope + DecoderTensors.present(layer, Side.ENCODER, what);
        step.add(Operator.of("Constant").to(name).with("value", nothing));
      }
    }
  }
}
