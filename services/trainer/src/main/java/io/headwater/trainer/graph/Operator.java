package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.List;

/** One node of a graph in the making: an operator, what it reads, writes, and its attributes. */
public final class Operator {

  private final NodeProto.Builder node;

  private Operator(String type, String... inputs) {
    this.node = NodeProto.newBuilder().setOpType(type).addAllInput(List.of(inputs));
  }

  /** An operator of the standard set, and the tensors that it reads. */
  public static Operator of(String type, String... inputs) {
    return new Operator(type, inputs);
  }

  /** Names what it writes. The node takes the name of the first. */
  public Operator to(String... outputs) {
    node.setName(outputs[0]).addAllOutput(List.of(outputs));
    return this;
  }

  /** Sets a whole number, such as {@code axis}. */
  public Operator with(String attribute, long value) {
    return with(attribute(attribute, AttributeProto.AttributeType.INT).setI(value));
  }

  /** Sets whole numbers, such as {@code perm}. */
  public Operator with(String attribute, long[] values) {
    return with(
        attribute(attribute, AttributeProto.AttributeType.INTS)
            .addAllInts(Arrays.stream(values).boxed().toList()));
  }

  /** Sets a fraction, such as {@code epsilon}. */
  public Operator with(String attribute, float value) {
    return with(attribute(attribute, AttributeProto.AttributeType.FLOAT).setF(value));
  }

  /** Sets a constant tensor, such as {@code value}. */
  public Operator with(String attribute, TensorProto value) {
    return with(attribute(attribute, AttributeProto.AttributeType.TENSOR).setT(value));
  }

  /** Sets a graph within, such as {@code then_branch}. */
  public Operator with(String attribute, GraphWriter value) {
    return with(attribute(attribute, AttributeProto.AttributeType.GRAPH).setG(value.toGraph()));
  }

  /** The node. */
  NodeProto toNode() {
    return node.build();
  }

  private Operator with(AttributeProto.Builder attribute) {
    node.addAttribute(attribute);
    return this;
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
