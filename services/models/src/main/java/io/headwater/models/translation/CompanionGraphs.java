package io.headwater.models.translation;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/**
 * Builds the small graphs that run between two steps of a decoder, so that neither its caches nor
 * its scores of a whole vocabulary pass through Java.
 */
final class CompanionGraphs {

  /** Inputs and outputs of the graph of scores. */
  static final String LOGITS = "logits";

  static final String COUNT = "count";
  static final String VALUES = "values";
  static final String IDS = "ids";

  /** The input of a graph that picks rows: which ones. */
  static final String ROWS = "rows";

  /** What the graph that picks rows puts before a name for its output. */
  static final String PICKED = "picked.";

  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
  private static final int INT64 = TensorProto.DataType.INT64.getNumber();

  private CompanionGraphs() {}

  /**
   * From logits {@code [rows, 1, vocabulary]} and a count to the log-probabilities and ids of so
   * many best tokens {@code [rows, 1, count]}, best first.
   *
   * @param vocabulary only tokens below this id are taken
   * @param scored how many tokens the logits are of
   */
  static byte[] scores(int vocabulary, int scored) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("scores");
    graph.addInput(value(LOGITS, FLOAT)).addInput(value(COUNT, INT64));
    graph.addNode(node("LogSoftmax", List.of(LOGITS), "all").addAttribute(integer("axis", -1)));
    String known = "all";
    if (vocabulary < scored) {
      known = "known";
      graph
          .addInitializer(constant("from", 0))
          .addInitializer(constant("to", vocabulary))
          .addInitializer(constant("axis", 2))
          .addNode(node("Slice", List.of("all", "from", "to", "axis"), known));
    }
    graph.addNode(
        node("TopK", List.of(known, COUNT), VALUES)
            .addOutput(IDS)
            .addAttribute(integer("axis", -1)));
    graph.addOutput(value(VALUES, FLOAT)).addOutput(value(IDS, INT64));
    return model(graph);
  }

  /**
   * Picks rows of many tensors at once: each input, of any shape, comes out under its name with
   * {@link #PICKED} before it.
   *
   * @param floats names of float tensors
   * @param longs names of int64 tensors
   */
  static byte[] pickRows(List<String> floats, List<String> longs) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("rows");
    graph.addInput(value(ROWS, INT64));
    floats.forEach(name -> pick(graph, name, FLOAT));
    longs.forEach(name -> pick(graph, name, INT64));
    return model(graph);
  }

  private static void pick(GraphProto.Builder graph, String name, int type) {
    graph
        .addInput(value(name, type))
        .addNode(
            node("Gather", List.of(name, ROWS), PICKED + name).addAttribute(integer("axis", 0)))
        .addOutput(value(PICKED + name, type));
  }

  private static byte[] model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("headwater")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder().setOpType(operator).addAllInput(inputs).addOutput(output);
  }

  private static AttributeProto.Builder integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value);
  }

  private static TensorProto.Builder constant(String name, long value) {
    return TensorProto.newBuilder().setName(name).setDataType(INT64).addDims(1).addInt64Data(value);
  }

  private static ValueInfoProto value(String name, int type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder().setElemType(type)))
        .build();
  }
}
