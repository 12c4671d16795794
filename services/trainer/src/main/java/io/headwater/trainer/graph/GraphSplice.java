package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Joins two ONNX graphs into one: what the first computes, the second reads by name. */
public final class GraphSplice {

  private GraphSplice() {}

  /**
   * The encoder with a graph on top of it. The result has the encoder's inputs and the top's
   * outputs.
   *
   * @param encoder gives tensors by name
   * @param top its inputs are names of tensors that the encoder has, inner ones included
   * @throws IllegalArgumentException if the encoder lacks a tensor that the top reads, or both use
   *     one name, or they are of different operator sets
   */
  public static ModelProto attach(ModelProto encoder, ModelProto top) {
    if (!encoder.getOpsetImportList().equals(top.getOpsetImportList())) {
      throw new IllegalArgumentException(
          "the graphs use different operator sets: "
              + encoder.getOpsetImportList()
              + " and "
              + top.getOpsetImportList());
    }
    Set<String> known = tensors(encoder.getGraph());
    Set<String> missing = new TreeSet<>();
    for (ValueInfoProto input : top.getGraph().getInputList()) {
      if (!known.contains(input.getName())) {
        missing.add(input.getName());
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("the encoder has no tensors called " + missing);
    }
    requireDistinct(known, top.getGraph());
    GraphProto.Builder joined =
        encoder.getGraph().toBuilder()
            .addAllNode(top.getGraph().getNodeList())
            .addAllInitializer(top.getGraph().getInitializerList())
            .clearOutput()
            .addAllOutput(top.getGraph().getOutputList());
    return encoder.toBuilder().setGraph(joined).build();
  }

  private static Set<String> tensors(GraphProto graph) {
    Set<String> names = new HashSet<>();
    graph.getInputList().forEach(input -> names.add(input.getName()));
    graph.getInitializerList().forEach(initializer -> names.add(initializer.getName()));
    graph.getNodeList().forEach(node -> names.addAll(node.getOutputList()));
    return names;
  }

  private static void requireDistinct(Set<String> known, GraphProto top) {
    Set<String> shared = new TreeSet<>();
    for (NodeProto node : top.getNodeList()) {
      shared.addAll(node.getOutputList());
    }
    for (TensorProto initializer : top.getInitializerList()) {
      shared.add(initializer.getName());
    }
    shared.retainAll(known);
    if (!shared.isEmpty()) {
      throw new IllegalArgumentException("both graphs have tensors called " + List.copyOf(shared));
    }
  }
}
