package io.headwater.trainer.translation.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.graph.GraphWriter;
import io.headwater.trainer.graph.Operator;
import io.headwater.trainer.translation.TransformerWeights;
import java.util.List;

/**
 * The encoder: from {@code input_ids} and {@code attention_mask}, int64 {@code [batch, length]}, to
 * {@code last_hidden_state}, float {@code [batch, length, width]}.
 */
final class EncoderGraph {

  private static final List<String> IDS = List.of("batch_size", "encoder_sequence_length");

  private final Blocks blocks;

  private EncoderGraph(Blocks blocks) {
    this.blocks = blocks;
  }

  static ModelProto write(TransformerWeights weights) {
    GraphWriter graph = GraphWriter.transformer("headwater-encoder");
    Blocks blocks = new Blocks(graph, new GraphConstants(graph, weights), "");
    String ids = graph.input("input_ids", TensorProto.DataType.INT64, IDS);
    String mask = graph.input("attention_mask", TensorProto.DataType.INT64, IDS);
    new EncoderGraph(blocks).addLayers(ids, mask);
    graph.output(
        "last_hidden_state",
        List.of(
            "batch_size", "encoder_sequence_length", Integer.toString(weights.shape().width())));
    return graph.toModel();
  }

  private void addLayers(String ids, String mask) {
    String x = blocks.positioned(blocks.embeddings(ids), ids);
    String bias = blocks.maskBias(mask);
    String heads = blocks.headShape("shape.heads", ids);
    for (int i = 0; i < blocks.shape().encoderLayers(); i++) {
      String layer = "encoder." + i;
      x = selfAttention(layer + ".self", x, bias, heads);
      x = blocks.feedForward(layer, x);
    }
    String width = blocks.constants().longs("width", blocks.shape().width());
    String rows = blocks.shapeOf("shape.rows", ids, width);
    blocks.node("last_hidden_state", Operator.of("Reshape", blocks.norm("encoder.norm", x), rows));
  }

  private String selfAttention(String name, String x, String bias, String headShape) {
    String all = blocks.linear(name + ".qkv", blocks.norm(name + ".norm", x));
    String[] parts = blocks.split(name, all, "q", "k", "v");
    String queries = blocks.heads(name + ".queries", parts[0], headShape);
    String keys = blocks.heads(name + ".keys.heads", parts[1], headShape);
    String values = blocks.heads(name + ".values", parts[2], headShape);
    String scores = blocks.scores(name, queries, keys);
    String attention =
        blocks.attention(name + ".attention", blocks.sum(name + ".seen", scores, bias));
    String context = blocks.node(name + ".context", Operator.of("MatMul", attention, values));
    return blocks.projected(name, blocks.joined(name, context), x);
  }
}
