package io.headwater.trainer.pretrained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.graph.Floats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An ONNX graph as a list of PyTorch operations. Float constants of one dimension and more are its
 * weights; the other constants stay as they are. While training, dropout is applied where BERT has
 * it (Devlin et al. 2019): to attention weights, and to what a block adds to the residual stream.
 */
final class GraphProgram {
  private final GraphIndex index;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, TensorProto> constants = new LinkedHashMap<>();
  private final String output;

  /**
   * A program for one tensor of a graph.
   *
   * @param weights names of the constants that the caller gives
   * @throws IllegalArgumentException if the graph has operators that are not known here
   */
  GraphProgram(GraphProto graph, String output, Set<String> weights) {
    this.index = new GraphIndex(graph);
    this.output = output;
    List<NodeProto> needed = needed(graph, output);
    Set<String> unknown = Operators.unknown(needed);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the graph has operators that cannot be trained here: "
              + String.join(", ", unknown)
              + "; export it in fp32, without fused operators, as Optimum does by default");
    }
    addSteps(needed);
    for (Step step : steps) {
      for (String input : step.inputs()) {
        index
            .constant(input)
            .filter(constant -> !weights.contains(input))
            .ifPresent(constant -> constants.put(input, constant));
      }
    }
  }

  /** Runs the program over inputs and weights by name. */
  NDArray run(Run run, Map<String, NDArray> inputs) {
    Map<String, NDArray> tensors = new HashMap<>(inputs);
    constants.forEach((name, constant) -> tensors.put(name, array(constant, run.manager())));
    for (Step step : steps) {
      List<NDArray> read = new ArrayList<>(step.inputs().size());
      for (String name : step.inputs()) {
        read.add(get(tensors, name));
      }
      NDArray made = step.action().apply(run, read);
      if (read.stream().noneMatch(in -> in == made)) {
        // A sum belongs to the manager of its first part, and that may be a weight.
        made.attach(run.manager());
      }
      tensors.put(step.output(), made);
    }
    return get(tensors, output);
  }

  private static NDArray get(Map<String, NDArray> tensors, String name) {
    NDArray found = tensors.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the graph reads \"" + name + "\", which nothing makes");
    }
    return found;
  }

  private List<NodeProto> needed(GraphProto graph, String wanted) {
    Set<String> open = new HashSet<>(Set.of(wanted));
    List<NodeProto> backwards = new ArrayList<>();
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = graph.getNode(i);
      if (node.getOutputList().stream().anyMatch(open::contains)) {
        backwards.add(0, node);
        open.addAll(node.getInputList());
      }
    }
    return backwards;
  }

  private void addSteps(List<NodeProto> nodes) {
    Patterns patterns = new Patterns(index);
    Map<String, Patterns.Group> ends = new HashMap<>();
    Set<String> grouped = new HashSet<>();
    for (NodeProto node : nodes) {
      if (!grouped.contains(node.getOutput(0))) {
        patterns
            .from(node)
            .ifPresent(
                group -> {
                  group.nodes().forEach(member -> grouped.add(member.getOutput(0)));
                  ends.put(group.output(), group);
                });
      }
    }
    for (NodeProto node : nodes) {
      Patterns.Group group = ends.get(node.getOutput(0));
      if (group != null) {
        steps.add(new Step(group.output(), group.inputs(), group.action()));
      } else if (!grouped.contains(node.getOutput(0)) && !node.getOpType().equals("Constant")) {
        steps.add(new Step(node.getOutput(0), node.getInputList(), action(node)));
      }
    }
  }

  private Step.Action action(NodeProto node) {
    Step.Action plain = Operators.of(node);
    if (node.getOpType().equals("Softmax")) {
      return (run, in) -> {
        NDArray shares = plain.apply(run, in);
        return run.ops()
            .dropout(run.ops().watched(node.getOutput(0), shares), run.attentionDropout());
      };
    }
    return added(node).isPresent() ? residual(node, plain) : plain;
  }

  private Step.Action residual(NodeProto node, Step.Action plain) {
    int which = node.getInput(0).equals(added(node).orElseThrow()) ? 0 : 1;
    return (run, in) -> {
      List<NDArray> silenced = new ArrayList<>(in);
      silenced.set(which, run.ops().dropout(in.get(which), run.residualDropout()));
      return plain.apply(run, silenced);
    };
  }

  /** Of an addition to the residual stream, the tensor that a linear layer has just made. */
  private Optional<String> added(NodeProto node) {
    if (!node.getOpType().equals("Add")
        || node.getInputList().stream().anyMatch(index::isConstant)) {
      return Optional.empty();
    }
    return node.getInputList().stream()
        .filter(
            in ->
                index
                    .maker(in, "Add")
                    .filter(maker -> maker.getInputList().stream().anyMatch(index::isConstant))
                    .isPresent())
        .findFirst();
  }

  private static NDArray array(TensorProto constant, NDManager manager) {
    Shape shape = new Shape(constant.getDimsList().stream().mapToLong(Long::longValue).toArray());
    return switch (constant.getDataType()) {
      case TensorProto.DataType.FLOAT_VALUE -> manager.create(Floats.of(constant), shape);
      case TensorProto.DataType.INT64_VALUE -> manager.create(GraphIndex.longs(constant), shape);
      default ->
          throw new IllegalArgumentException(
              "constant %s is of type %d; floats and 64-bit integers are known"
                  .formatted(constant.getName(), constant.getDataType()));
    };
  }
}
