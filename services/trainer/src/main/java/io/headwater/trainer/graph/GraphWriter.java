package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes an ONNX graph node by node; the caller names every tensor. */
public final class GraphWriter {

  /** The set of the sentiment model's encoder: axes are attributes. */
  private static final int ENCODER_SET = 11;

  /** The first set that normalises a layer in one operator. */
  private static final int TRANSFORMER_SET = 17;

  private final GraphProto.Builder graph;
  private final int operatorSet;

  /** An empty graph with the operators of set 11, those of the sentiment model's encoder. */
  public GraphWriter(String name) {
    this(name, ENCODER_SET);
  }

  private GraphWriter(String name, int operatorSet) {
    this.graph = GraphProto.newBuilder().setName(name);
    this.operatorSet = operatorSet;
  }

  /** An empty graph with the operators of set 17, for whole transformers. */
  public static GraphWriter transformer(String name) {
    return new GraphWriter(name, TRANSFORMER_SET);
  }

  /** Adds an input; a negative dimension varies. Returns its name. */
  public String input(String name, TensorProto.DataType type, long... shape) {
    return input(name, type, named(shape));
  }

  /**
   * Adds an input.
   *
   * @param shape numbers for fixed dimensions, names for those that vary
   * @return its name
   */
  public String input(String name, TensorProto.DataType type, List<String> shape) {
    graph.addInput(value(name, type, shape));
    return name;
  }

  /** Adds a float output; a negative dimension varies. */
  public void output(String name, long... shape) {
    output(name, named(shape));
  }

  /**
   * Adds a float output.
   *
   * @param shape numbers for fixed dimensions, names for those that vary
   */
  public void output(String name, List<String> shape) {
    graph.addOutput(value(name, TensorProto.DataType.FLOAT, shape));
  }

  /** Adds constant floats. Returns their name. */
  public String floats(String name, float[] values, long... shape) {
    return initializer(name, TensorProto.DataType.FLOAT, Floats.bytes(values), shape);
  }

  /** Adds constant integers. Returns their name. */
  public String longs(String name, long[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return initializer(name, TensorProto.DataType.INT64, ByteString.copyFrom(bytes), shape);
  }

  /** Adds an operator without attributes. Returns its output's name. */
  public String node(String operator, String output, String... inputs) {
    return node(output, Operator.of(operator, inputs));
  }

  /** Adds an operator with one output. Returns the output's name. */
  public String node(String output, Operator operator) {
    add(operator.to(output));
    return output;
  }

  /** Adds an operator that already knows its outputs. */
  public void add(Operator operator) {
    graph.addNode(operator.toNode());
  }

  /** Adds an operator with one attribute, such as {@code axis}. Returns its output's name. */
  public String nodeWith(
      String operator, String output, String attribute, long value, String... inputs) {
    return node(output, Operator.of(operator, inputs).with(attribute, value));
  }

  /** Adds an operator that folds or adds axes. Returns its output's name. */
  public String nodeOver(String operator, String output, long axis, String... inputs) {
    Operator node = Operator.of(operator, inputs).with("axes", new long[] {axis});
    return node(output, operator.startsWith("Reduce") ? node.with("keepdims", 0) : node);
  }

  /** The graph alone, for use within another. */
  public GraphProto toGraph() {
    return graph.build();
  }

  /** The graph as a model of its own. */
  public ModelProto toModel() {
    return ModelProto.newBuilder()
        .setIrVersion(operatorSet == ENCODER_SET ? 6 : 8)
        .setProducerName("headwater")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(operatorSet))
        .setGraph(graph)
        .build();
  }

  private String initializer(
      String name, TensorProto.DataType type, ByteString bytes, long... shape) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(Arrays.stream(shape).boxed().toList())
            .setRawData(bytes));
    return name;
  }

  private static List<String> named(long... shape) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < shape.length; i++) {
      String varies = i == 0 ? "batch_size" : "sequence_length";
      names.add(shape[i] < 0 ? varies : Long.toString(shape[i]));
    }
    return names;
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, List<String> shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (String size : shape) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      dimensions.addDim(
          Character.isDigit(size.charAt(0))
              ? dimension.setDimValue(Long.parseLong(size))
              : dimension.setDimParam(size));
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
