package io.headwater.models.explain;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An encoder's graph with its attention as further outputs.
 *
 * <p>Attention is what a {@code Softmax} over the last axis gives to a {@code MatMul} as the left
 * factor, maybe by way of operators that change nothing here: that is how exporters write {@code
 * softmax(QK^T/sqrt(d)) V} (Vaswani et al., 2017), whatever they call it.
 *
 * @param graph an ONNX model
 * @param layers names of the outputs {@code [batch, heads, length, length]}, first layer first
 */
@SuppressWarnings("ArrayRecordComponent") // one graph, handed on once
record AttentionTaps(byte[] graph, List<String> layers) {

  private static final Set<String> NO_CHANGE = Set.of("Dropout", "Identity", "Cast");
  private static final String SOFTMAX = "Softmax";
  private static final int MAPS = 4;

  AttentionTaps {
    layers = List.copyOf(layers);
  }

  /**
   * Reads a graph and adds the outputs.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if no attention is found in the graph
   */
  static AttentionTaps of(Path file) throws IOException {
    ModelProto model;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      model = ModelProto.parseFrom(in);
    }
    List<String> layers = attention(model.getGraph());
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "the graph shows no attention: there is no Softmax over the last axis whose result is"
              + " multiplied with values; export the model without fused attention");
    }
    Set<String> there = new HashSet<>();
    model.getGraph().getOutputList().forEach(output -> there.add(output.getName()));
    GraphProto.Builder graph = model.getGraph().toBuilder();
    layers.stream().filter(there::add).forEach(name -> graph.addOutput(map(name)));
    return new AttentionTaps(model.toBuilder().setGraph(graph).build().toByteArray(), layers);
  }

  private static List<String> attention(GraphProto graph) {
    List<String> layers = new ArrayList<>();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals(SOFTMAX)
          && isOverLastAxis(node)
          && isLeftFactor(node.getOutput(0), graph)) {
        layers.add(node.getOutput(0));
      }
    }
    return layers;
  }

  private static boolean isOverLastAxis(NodeProto softmax) {
    for (AttributeProto attribute : softmax.getAttributeList()) {
      if (attribute.getName().equals("axis")) {
        return attribute.getI() == -1 || attribute.getI() == MAPS - 1;
      }
    }
    // The default since operator set 13; before, it was the axis after the batch.
    return true;
  }

  private static boolean isLeftFactor(String tensor, GraphProto graph) {
    for (NodeProto node : graph.getNodeList()) {
      if (node.getInputCount() == 0 || !node.getInput(0).equals(tensor)) {
        continue;
      }
      if (node.getOpType().equals("MatMul")
          || (NO_CHANGE.contains(node.getOpType()) && isLeftFactor(node.getOutput(0), graph))) {
        return true;
      }
    }
    return false;
  }

  private static ValueInfoProto map(String name) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String size : List.of("batch", "heads", "query", "key")) {
      shape.addDim(
          TensorShapeProto.Dimension.newBuilder().setDimParam("headwater_attention_" + size));
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
