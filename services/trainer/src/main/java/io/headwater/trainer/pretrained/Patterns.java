package io.headwater.trainer.pretrained;

import ai.djl.nn.Activation;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.headwater.trainer.pretrained.Step.Action;
import java.util.List;
import java.util.Optional;

/** Groups of nodes that one operation of PyTorch does at once, in both directions. */
final class Patterns {

  /** A group: the tensor it ends in, what it reads, and what it does. */
  record Group(String output, List<String> inputs, Action action, List<NodeProto> nodes) {}

  private final GraphIndex index;

  Patterns(GraphIndex index) {
    this.index = index;
  }

  /** The group that begins with a node, if one does. */
  Optional<Group> from(NodeProto node) {
    return switch (node.getOpType()) {
      case "ReduceMean" -> norm(node);
      case "Div" -> gelu(node);
      default -> Optional.empty();
    };
  }

  /** {@code (x - mean) / sqrt(mean((x - mean)^2) + e) * gain + bias}. */
  private Optional<Group> norm(NodeProto mean) {
    String x = mean.getInput(0);
    return index
        .onlyReader(mean.getOutput(0), "Sub")
        .filter(sub -> sub.getInput(0).equals(x))
        .flatMap(sub -> norm(mean, sub));
  }

  private Optional<Group> norm(NodeProto mean, NodeProto sub) {
    Optional<NodeProto> pow =
        index.readers(sub.getOutput(0)).stream()
            .filter(node -> node.getOpType().equals("Pow"))
            .findFirst();
    Optional<NodeProto> spread = pow.flatMap(node -> next(node, "ReduceMean"));
    Optional<NodeProto> sum = spread.flatMap(node -> next(node, "Add"));
    Optional<NodeProto> root = sum.flatMap(node -> next(node, "Sqrt"));
    Optional<NodeProto> div = root.flatMap(node -> next(node, "Div"));
    Optional<NodeProto> gain = div.flatMap(node -> next(node, "Mul"));
    Optional<NodeProto> bias = gain.flatMap(node -> next(node, "Add"));
    if (bias.isEmpty() || index.readers(sub.getOutput(0)).size() != 2) {
      return Optional.empty();
    }
    Optional<Float> epsilon =
        sum.get().getInputList().stream().flatMap(in -> index.number(in).stream()).findFirst();
    Optional<String> gains = weight(gain.get());
    Optional<String> biases = weight(bias.get());
    if (epsilon.isEmpty() || gains.isEmpty() || biases.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Group(
            bias.get().getOutput(0),
            List.of(mean.getInput(0), gains.get(), biases.get()),
            Operators.norm(epsilon.get()),
            List.of(
                mean,
                sub,
                pow.get(),
                spread.get(),
                sum.get(),
                root.get(),
                div.get(),
                gain.get(),
                bias.get())));
  }

  /** {@code x * (erf(x / sqrt 2) + 1) * 0.5}. */
  private Optional<Group> gelu(NodeProto div) {
    String x = div.getInput(0);
    Optional<NodeProto> erf = next(div, "Erf");
    Optional<NodeProto> sum = erf.flatMap(node -> next(node, "Add"));
    Optional<NodeProto> product =
        sum.flatMap(node -> next(node, "Mul")).filter(node -> node.getInputList().contains(x));
    Optional<NodeProto> half = product.flatMap(node -> next(node, "Mul"));
    boolean fits =
        half.isPresent()
            && half.get().getInputList().stream()
                .anyMatch(in -> index.number(in).filter(value -> value == 0.5f).isPresent());
    return fits
        ? Optional.of(
            new Group(
                half.get().getOutput(0),
                List.of(x),
                (run, in) -> Activation.gelu(in.get(0)),
                List.of(div, erf.get(), sum.get(), product.get(), half.get())))
        : Optional.empty();
  }

  private Optional<NodeProto> next(NodeProto node, String type) {
    return index.onlyReader(node.getOutput(0), type);
  }

  private Optional<String> weight(NodeProto node) {
    return node.getInputList().stream()
        .filter(in -> index.isConstant(in) && index.number(in).isEmpty())
        .findFirst();
  }
}
