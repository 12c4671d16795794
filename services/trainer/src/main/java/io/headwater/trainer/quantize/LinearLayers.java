package io.headwater.trainer.quantize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The linear layers of a graph: {@code MatMul} of a tensor with a constant matrix. */
final class LinearLayers {
  private static final String MAT_MUL = "MatMul";

  private final Map<String, TensorProto> matrices = new HashMap<>();
  private final Map<String, List<NodeProto>> byInput = new LinkedHashMap<>();

  LinearLayers(GraphProto graph) {
    for (TensorProto constant : graph.getInitializerList()) {
      if (Matrix.is(constant)) {
        matrices.put(constant.getName(), constant);
      }
    }
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals(MAT_MUL) && matrices.containsKey(node.getInput(1))) {
        byInput.computeIfAbsent(node.getInput(0), name -> new ArrayList<>()).add(node);
      }
    }
  }

  /** The layers by the tensor that they read, in the order of the graph. */
  Map<String, List<NodeProto>> byInput() {
    return Collections.unmodifiableMap(byInput);
  }

  /** The weights of all layers that read a tensor. */
  List<Matrix> weights(String input) {
    return byInput.getOrDefault(input, List.of()).stream().map(this::weights).toList();
  }

  Matrix weights(NodeProto layer) {
    return Matrix.of(Objects.requireNonNull(matrices.get(layer.getInput(1)), layer.getName()));
  }

  /** Width of a tensor that layers read. */
  int width(String input) {
    NodeProto first = Objects.requireNonNull(byInput.get(input), input).get(0);
    return (int) Objects.requireNonNull(matrices.get(first.getInput(1)), input).getDims(0);
  }
}
