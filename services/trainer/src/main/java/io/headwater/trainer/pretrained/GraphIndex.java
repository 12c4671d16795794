package io.headwater.trainer.pretrained;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.graph.Floats;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who makes and who reads each tensor of a graph, and its constants. */
final class GraphIndex {
  private final Map<String, NodeProto> makers = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();

  GraphIndex(GraphProto graph) {
    graph.getInitializerList().forEach(constant -> constants.put(constant.getName(), constant));
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> makers.put(output, node));
      node.getInputList()
          .forEach(input -> readers.computeIfAbsent(input, n -> new ArrayList<>()).add(node));
      if (node.getOpType().equals("Constant") && node.getAttributeCount() > 0) {
        constants.put(node.getOutput(0), node.getAttribute(0).getT());
      }
    }
  }

  Optional<NodeProto> maker(String tensor, String type) {
    return Optional.ofNullable(makers.get(tensor)).filter(node -> node.getOpType().equals(type));
  }

  /** The only node that reads a tensor, if it is of a type. */
  Optional<NodeProto> onlyReader(String tensor, String type) {
    List<NodeProto> all = readers.getOrDefault(tensor, List.of());
    return all.size() == 1 && all.get(0).getOpType().equals(type)
        ? Optional.of(all.get(0))
        : Optional.empty();
  }

  List<NodeProto> readers(String tensor) {
    return readers.getOrDefault(tensor, List.of());
  }

  Optional<TensorProto> constant(String tensor) {
    return Optional.ofNullable(constants.get(tensor));
  }

  boolean isConstant(String tensor) {
    return constants.containsKey(tensor);
  }

  /** A constant number, if the tensor is one. */
  Optional<Float> number(String tensor) {
    return constant(tensor)
        .filter(found -> found.getDataType() == TensorProto.DataType.FLOAT_VALUE)
        .map(Floats::of)
        .filter(values -> values.length == 1)
        .map(values -> values[0]);
  }

  /** The numbers of a whole-number constant. */
  static long[] longs(TensorProto constant) {
    if (constant.getInt64DataCount() > 0) {
      return constant.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
    }
    long[] values = new long[constant.getRawData().size() / Long.BYTES];
    constant
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .get(values);
    return values;
  }
}
