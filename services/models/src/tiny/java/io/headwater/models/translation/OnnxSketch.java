package io.headwater.models.translation;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Draws an ONNX graph node by node; each operator gives the name of its output. */
public final class OnnxSketch {

  static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
  static final int INT64 = TensorProto.DataType.INT64.getNumber();
  static final int BOOL = TensorProto.DataType.BOOL.getNumber();

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final String prefix;
  private int count;

  /** A graph whose inner names begin alike, so that two of them may lie in a third. */
  public OnnxSketch(String prefix) {
    this.prefix = prefix;
    graph.setName(prefix);
  }

  OnnxSketch input(String name, int type, long... shape) {
    graph.addInput(value(name, type, shape));
    return this;
  }

  OnnxSketch output(String name, int type, long... shape) {
    graph.addOutput(value(name, type, shape));
    return this;
  }

  /** An output that is a value of the graph under another name. */
  OnnxSketch output(String name, String from, long... shape) {
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").addInput(from).addOutput(name).build());
    return output(name, FLOAT, shape);
  }

  OnnxSketch weights(String name, float[] values, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
    for (long size : shape) {
      tensor.addDims(size);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  String longs(long... values) {
    String name = next();
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(INT64).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return name;
  }

  String scalar(float value) {
    String name = next();
    graph.addInitializer(
        TensorProto.newBuilder().setName(name).setDataType(FLOAT).addFloatData(value));
    return name;
  }

  String op(String operator, String... inputs) {
    return op(operator, List.of(), inputs);
  }

  String op(String operator, List<AttributeProto> attributes, String... inputs) {
    String name = next();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .addAllInput(List.of(inputs))
            .addAllAttribute(attributes)
            .addOutput(name));
    return name;
  }

  /** A choice between two graphs with the same outputs, which are those of this graph, too. */
  OnnxSketch choose(String condition, OnnxSketch yes, OnnxSketch no) {
    NodeProto.Builder choice =
        NodeProto.newBuilder()
            .setOpType("If")
            .addInput(condition)
            .addAttribute(branch("then_branch", yes))
            .addAttribute(branch("else_branch", no));
    for (ValueInfoProto output : no.graph.getOutputList()) {
      choice.addOutput(output.getName());
      graph.addOutput(output);
    }
    graph.addNode(choice);
    return this;
  }

  /** The model; weights that no node reads are left out. */
  byte[] bytes() {
    Set<String> read = new HashSet<>();
    collect(graph.build(), read);
    List<TensorProto> used =
        graph.getInitializerList().stream().filter(it -> read.contains(it.getName())).toList();
    graph.clearInitializer().addAllInitializer(used);
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static void collect(GraphProto graph, Set<String> read) {
    for (NodeProto node : graph.getNodeList()) {
      read.addAll(node.getInputList());
      node.getAttributeList().forEach(attribute -> collect(attribute.getG(), read));
    }
  }

  private static AttributeProto branch(String name, OnnxSketch branch) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(branch.graph)
        .build();
  }

  private String next() {
    return prefix + "." + count++;
  }

  /** A size below 0 may be anything. */
  private static ValueInfoProto value(String name, int type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (int i = 0; i < shape.length; i++) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      dimensions.addDim(
          shape[i] < 0 ? dimension.setDimParam(name + "." + i) : dimension.setDimValue(shape[i]));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type).setShape(dimensions)))
        .build();
  }
}
