package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Writes an ONNX graph node by node. Operators are those of set 11, the one that the encoder uses:
 * axes are attributes, and there is one output per node, named by the caller.
 */
public final class GraphWriter {

  private static final int OPERATOR_SET = 11;
  private static final int IR_VERSION = 6;

  private final GraphProto.Builder graph;

  /** An empty graph. */
  public GraphWriter(String name) {
    this.graph = GraphProto.newBuilder().setName(name);
  }

  /** Adds an input; a negative dimension varies. Returns its name. */
  public String input(String name, TensorProto.DataType type, long... shape) {
    graph.addInput(value(name, type, shape));
    return name;
  }

  /** Adds a float output; a negative dimension varies. */
  public void output(String name, long... shape) {
    graph.addOutput(value(name, TensorProto.DataType.FLOAT, shape));
  }

  /** Adds constant floats. Returns their name. */
  public String floats(String name, float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return initializer(name, TensorProto.DataType.FLOAT, bytes, shape);
  }

  /** Adds constant integers. Returns their name. */
  public String longs(String name, long[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return initializer(name, TensorProto.DataType.INT64, bytes, shape);
  }

  /** Adds an operator without attributes. Returns its output's name. */
  public String node(String operator, String output, String... inputs) {
    graph.addNode(bare(operator, output, inputs));
    return output;
  }

  /** Adds an operator with one attribute, such as {@code axis}. Returns its output's name. */
  public String nodeWith(
      String operator, String output, String attribute, long value, String... inputs) {
    graph.addNode(bare(operator, output, inputs).addAttribute(integer(attribute, value)));
    return output;
  }

  /** Adds an operator that folds or adds axes. Returns its output's name. */
  public String nodeOver(String operator, String output, long axis, String... inputs) {
    NodeProto.Builder node =
        bare(operator, output, inputs)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("axes")
                    .setType(AttributeProto.AttributeType.INTS)
                    .addInts(axis));
    if (operator.startsWith("Reduce")) {
      node.addAttribute(integer("keepdims", 0));
    }
    graph.addNode(node);
    return output;
  }

  /** The graph as a model of its own. */
  public ModelProto toModel() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("headwater")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
        .setGraph(graph)
        .build();
  }

  private static NodeProto.Builder bare(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setName(output)
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private String initializer(
      String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(Arrays.stream(shape).boxed().toList())
            .setRawData(ByteString.copyFrom(bytes.clear())));
    return name;
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (int i = 0; i < shape.length; i++) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      dimensions.addDim(
          shape[i] < 0
              ? dimension.setDimParam(i == 0 ? "batch_size" : "sequence_length")
              : dimension.setDimValue(shape[i]));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dimensions)))
        .build();
  }
}
