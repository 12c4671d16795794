package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Puts a temperature into a classifier's graph. Where its probabilities come from a softmax, the
 * softmax reads logits times a constant from then on: one product for each number, so a row's bits
 * still do not depend on its batch. Elsewhere the logits are taken to be the probabilities' log.
 */
public final class TemperatureGraph {
  private static final String PROBABILITIES = "probabilities";
  private static final String LOGITS = "logits";
  private static final String PREFIX = "headwater_temperature/";
  private static final long AXES_AS_INPUT = 18;
  private static final Set<String> HAND_ON = Set.of("Slice", "Identity");

  private final GraphProto.Builder graph;
  private final String prefix;
  private final long operatorSet;

  private TemperatureGraph(ModelProto model) {
    GraphProto graph = model.getGraph();
    this.graph = graph.toBuilder();
    this.operatorSet =
        model.getOpsetImportList().stream()
            .filter(set -> set.getDomain().isEmpty())
            .mapToLong(OperatorSetIdProto::getVersion)
            .max()
            .orElse(1);
    // A graph may be given a temperature more than once.
    String free = PREFIX;
    while (isTaken(graph, free)) {
      free = free + "again/";
    }
    this.prefix = free;
  }

  /**
   * A graph whose logits are divided by a temperature.
   *
   * @throws IllegalArgumentException if the temperature is not above 0, or the graph gives neither
   *     {@code probabilities} nor {@code logits}
   */
  public static ModelProto of(ModelProto model, double temperature) {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature " + temperature + " is not above 0");
    }
    TemperatureGraph made = new TemperatureGraph(model);
    made.temper((float) (1 / temperature));
    return model.toBuilder().setGraph(made.graph).build();
  }

  private static boolean isTaken(GraphProto graph, String prefix) {
    return graph.getInitializerList().stream().anyMatch(i -> i.getName().startsWith(prefix));
  }

  private void temper(float factor) {
    String output = has(PROBABILITIES) ? PROBABILITIES : LOGITS;
    if (!has(output)) {
      throw new IllegalArgumentException("the graph gives neither probabilities nor logits");
    }
    String constant = constant("factor", factor);
    OptionalInt softmax = output.equals(LOGITS) ? OptionalInt.empty() : softmaxBehind(output);
    if (softmax.isPresent()) {
      NodeProto.Builder node = graph.getNodeBuilder(softmax.getAsInt());
      String scaled = prefix + "logits";
      NodeProto product = node("Mul", scaled, node.getInput(0), constant).build();
      node.setInput(0, scaled);
      graph.addNode(softmax.getAsInt(), product);
      return;
    }
    String before = prefix + output;
    rename(output, before);
    if (output.equals(LOGITS)) {
      graph.addNode(node("Mul", LOGITS, before, constant));
      return;
    }
    String least = constant("least", Float.MIN_NORMAL);
    graph
        .addNode(node("Max", prefix + "floor", before, least))
        .addNode(node("Reshape", prefix + "each", prefix + "floor", shape("each_shape", 0, 0, 1)))
        .addNode(logarithm(prefix + "log", prefix + "each"))
        .addNode(node("Mul", prefix + "scaled", prefix + "log", constant))
        // On two axes operator sets before 13 and after agree what the default axis is.
        .addNode(node("Softmax", PROBABILITIES, prefix + "scaled"));
  }

  private boolean has(String output) {
    return graph.getOutputList().stream().anyMatch(value -> value.getName().equals(output));
  }

  private OptionalInt softmaxBehind(String output) {
    Optional<String> tensor = Optional.of(output);
    while (tensor.isPresent()) {
      OptionalInt at = maker(tensor.get());
      if (at.isEmpty() || graph.getNode(at.getAsInt()).getOpType().equals("Softmax")) {
        return at;
      }
      NodeProto node = graph.getNode(at.getAsInt());
      tensor =
          HAND_ON.contains(node.getOpType()) ? Optional.of(node.getInput(0)) : Optional.empty();
    }
    return OptionalInt.empty();
  }

  private OptionalInt maker(String tensor) {
    for (int i = 0; i < graph.getNodeCount(); i++) {
      if (graph.getNode(i).getOutputList().contains(tensor)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private void rename(String from, String to) {
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      for (int i = 0; i < node.getInputCount(); i++) {
        if (node.getInput(i).equals(from)) {
          node.setInput(i, to);
        }
      }
      for (int i = 0; i < node.getOutputCount(); i++) {
        if (node.getOutput(i).equals(from)) {
          node.setOutput(i, to);
        }
      }
    }
  }

  private String constant(String name, float value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(prefix + name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addFloatData(value));
    return prefix + name;
  }

  /**
   * Of an axis of size 1, which goes away. The operator Log takes several numbers at a time and the
   * last few alone, which gives other bits: this one takes each alone.
   */
  private NodeProto.Builder logarithm(String output, String input) {
    int axis = 2;
    NodeProto.Builder node =
        operatorSet < AXES_AS_INPUT
            ? node("ReduceLogSum", output, input).addAttribute(axes(axis))
            : node("ReduceLogSum", output, input, shape("axis", axis));
    return node.addAttribute(
        AttributeProto.newBuilder()
            .setName("keepdims")
            .setType(AttributeProto.AttributeType.INT)
            .setI(0));
  }

  private static AttributeProto.Builder axes(long axis) {
    return AttributeProto.newBuilder()
        .setName("axes")
        .setType(AttributeProto.AttributeType.INTS)
        .addInts(axis);
  }

  private String shape(String name, long... sizes) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(prefix + name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(sizes.length);
    for (long size : sizes) {
      tensor.addInt64Data(size);
    }
    graph.addInitializer(tensor);
    return prefix + name;
  }

  private NodeProto.Builder node(String operator, String output, String... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName(prefix + "node/" + output);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node.addOutput(output);
  }
}
