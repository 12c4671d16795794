package io.headwater.models.engine;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/**
 * Real ONNX graphs of a few hundred bytes. Each token votes for a label by its id: id 5 for label
 * 0, id 6 for label 1, and so on; padded positions have no vote. The output is the softmax of the
 * votes, or the votes themselves.
 */
public final class TinyGraph {

  private static final int FIRST_VOTER = 5;

  private TinyGraph() {}

  /** A graph with the output {@code probabilities}. */
  public static byte[] probabilities(int vocabulary, int labels) {
    return graph(vocabulary, labels, List.of("input_ids", "attention_mask"), "probabilities");
  }

  /** A graph with the output {@code logits} and all three inputs of BERT. */
  public static byte[] logits(int vocabulary, int labels) {
    return graph(
        vocabulary, labels, List.of("input_ids", "attention_mask", "token_type_ids"), "logits");
  }

  /**
   * A graph with the output {@code probabilities} and two tokens that do harm: one whose segment
   * gets no numbers, and one on which the run of its whole batch fails.
   */
  public static byte[] poisoned(int vocabulary, int labels, int noNumber, int failing) {
    TensorProto.Builder votes = votes(vocabulary, labels).toBuilder();
    for (int label = 0; label < labels; label++) {
      votes.setFloatData(noNumber * labels + label, Float.NaN);
    }
    TensorProto.Builder places =
        TensorProto.newBuilder()
            .setName("places")
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(vocabulary);
    for (int id = 0; id < vocabulary; id++) {
      places.addInt64Data(id == failing ? Integer.MAX_VALUE : id);
    }
    GraphProto.Builder graph = GraphProto.newBuilder().setName("poisoned");
    List.of("input_ids", "attention_mask")
        .forEach(name -> graph.addInput(value(name, TensorProto.DataType.INT64, -1, -1)));
    graph
        .addInitializer(votes)
        .addInitializer(places)
        .addNode(node("Gather", "place", "places", "input_ids"))
        .addNode(node("Gather", "each", "votes", "place"));
    return probabilities(graph, "attention_mask", "probabilities", labels);
  }

  /** A graph with inputs and an output by name; the first two inputs serve as ids and mask. */
  public static byte[] graph(int vocabulary, int labels, List<String> inputs, String output) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
    inputs.forEach(name -> graph.addInput(value(name, TensorProto.DataType.INT64, -1, -1)));
    graph.addInitializer(votes(vocabulary, labels));
    String mask = inputs.size() > 1 ? inputs.get(1) : inputs.get(0);
    graph.addNode(node("Gather", "each", "votes", inputs.get(0)));
    return probabilities(graph, mask, output, labels);
  }

  /** The rest of a graph, behind each token's votes. */
  private static byte[] probabilities(
      GraphProto.Builder graph, String mask, String output, int labels) {
    graph
        .addNode(node("Cast", "seen", mask).addAttribute(integer("to", 1)))
        .addNode(node("Unsqueeze", "column", "seen").addAttribute(axes(2)))
        .addNode(node("Mul", "counted", "each", "column"))
        .addNode(
            node("ReduceSum", output.equals("logits") ? output : "sum", "counted")
                .addAttribute(axes(1))
                .addAttribute(integer("keepdims", 0)));
    if (!output.equals("logits")) {
      graph.addNode(node("Softmax", output, "sum").addAttribute(integer("axis", 1)));
    }
    graph.addOutput(value(output, TensorProto.DataType.FLOAT, -1, labels));
    return ModelProto.newBuilder()
        .setIrVersion(6)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(11))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static TensorProto votes(int vocabulary, int labels) {
    TensorProto.Builder votes =
        TensorProto.newBuilder()
            .setName("votes")
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(vocabulary)
            .addDims(labels);
    for (int id = 0; id < vocabulary; id++) {
      for (int label = 0; label < labels; label++) {
        votes.addFloatData(id - FIRST_VOTER == label ? 1 : 0);
      }
    }
    return votes.build();
  }

  private static NodeProto.Builder node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static AttributeProto.Builder integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value);
  }

  private static AttributeProto.Builder axes(long axis) {
    return AttributeProto.newBuilder()
        .setName("axes")
        .setType(AttributeProto.AttributeType.INTS)
        .addInts(axis);
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, int... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (int size : shape) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      dimensions.addDim(size < 0 ? dimension.setDimParam("any") : dimension.setDimValue(size));
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
