package io.headwater.trainer.quantize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.headwater.trainer.graph.Floats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A graph whose linear layers multiply 8-bit integers. Everything between them stays fp32, as do
 * all names: what looks into the graph by name or by its other operators finds what it found
 * before.
 *
 * <p>A tensor becomes integers once, for all layers that read it: {@code Mul} by its smoothing,
 * {@code QuantizeLinear}, and then for each layer ONNX Runtime's {@code MatMulIntegerToFloat},
 * which adds the bias as well.
 */
public final class QuantizedGraph {
  private static final String RUNTIME_DOMAIN = "com.microsoft";

  /** The first set that makes integers of floats. */
  private static final int LEAST_SET = 10;

  private final LinearLayers layers;
  private final Calibration calibration;
  private final GraphProto graph;
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Set<String> biases = new HashSet<>();
  private final Set<String> outputs = new HashSet<>();
  private final Set<String> replaced = new HashSet<>();
  private final Set<String> ready = new HashSet<>();
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();

  private QuantizedGraph(GraphProto graph, Calibration calibration) {
    this.graph = graph;
    this.layers = new LinearLayers(graph);
    this.calibration = calibration;
    for (NodeProto node : graph.getNodeList()) {
      node.getInputList()
          .forEach(name -> readers.computeIfAbsent(name, key -> new ArrayList<>()).add(node));
    }
    for (TensorProto constant : graph.getInitializerList()) {
      if (constant.getDataType() == TensorProto.DataType.FLOAT.getNumber()
          && constant.getDimsCount() == 1) {
        biases.add(constant.getName());
      }
    }
    graph.getOutputList().forEach(output -> outputs.add(output.getName()));
  }

  /**
   * The graph with integers. The same graph and calibration give the same bytes.
   *
   * @throws IllegalArgumentException if the calibration is of another graph, or the graph's
   *     operators are too old
   */
  public static ModelProto of(ModelProto model, Calibration calibration) {
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      if (set.getDomain().isEmpty() && set.getVersion() < LEAST_SET) {
        throw new IllegalArgumentException(
            "the graph's operators are of set %d; integers need %d or later"
                .formatted(set.getVersion(), LEAST_SET));
      }
    }
    QuantizedGraph quantized = new QuantizedGraph(model.getGraph(), calibration);
    ModelProto.Builder result = model.toBuilder().setGraph(quantized.rewritten());
    if (model.getOpsetImportList().stream()
        .noneMatch(set -> set.getDomain().equals(RUNTIME_DOMAIN))) {
      result.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(RUNTIME_DOMAIN).setVersion(1));
    }
    return result.build();
  }

  private GraphProto rewritten() {
    Set<String> unknown = new TreeSet<>(calibration.activations().keySet());
    unknown.removeAll(layers.byInput().keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the calibration is of another graph: no linear layer reads " + unknown);
    }
    Set<String> folded = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      if (folded.contains(node.getOutput(0))) {
        continue;
      }
      if (isLayer(node)) {
        bias(node).ifPresent(add -> folded.add(add.getOutput(0)));
        addIntegers(node.getInput(0));
        addLayer(node);
      } else {
        nodes.add(node);
      }
    }
    GraphProto.Builder result = graph.toBuilder().clearNode().clearInitializer();
    Set<String> used = new HashSet<>();
    nodes.forEach(node -> used.addAll(node.getInputList()));
    graph.getInitializerList().stream()
        .filter(
            constant -> !replaced.contains(constant.getName()) || used.contains(constant.getName()))
        .forEach(result::addInitializer);
    return result.addAllNode(nodes).addAllInitializer(constants).build();
  }

  private boolean isLayer(NodeProto node) {
    return node.getInputCount() > 0
        && calibration.activations().containsKey(node.getInput(0))
        && layers.byInput().getOrDefault(node.getInput(0), List.of()).contains(node);
  }

  /** The addition of a bias, where nobody else needs the sum without it. */
  private Optional<NodeProto> bias(NodeProto layer) {
    String product = layer.getOutput(0);
    List<NodeProto> next = readers.getOrDefault(product, List.of());
    if (outputs.contains(product) || next.size() != 1) {
      return Optional.empty();
    }
    NodeProto add = next.get(0);
    boolean constant =
        add.getOpType().equals("Add") && add.getInputList().stream().anyMatch(biases::contains);
    return constant ? Optional.of(add) : Optional.empty();
  }

  private void addIntegers(String tensor) {
    if (!ready.add(tensor)) {
      return;
    }
    ActivationScale scale = scale(tensor);
    if (scale.smoothing().length != layers.width(tensor)) {
      throw new IllegalArgumentException(
          "the calibration has %d channels for %s, which has %d"
              .formatted(scale.smoothing().length, tensor, layers.width(tensor)));
    }
    float[] inverses = scale.inverses();
    constants.add(floats(tensor + "/smoothing", inverses, inverses.length));
    constants.add(floats(tensor + "/scale", new float[] {scale.scale()}));
    constants.add(
        bytes(
            tensor + "/zero",
            TensorProto.DataType.UINT8,
            ByteString.copyFrom(new byte[] {(byte) scale.zeroPoint()})));
    nodes.add(
        node("Mul", tensor + "/smoothed", "")
            .addInput(tensor)
            .addInput(tensor + "/smoothing")
            .build());
    nodes.add(
        node("QuantizeLinear", tensor + "/integers", "")
            .addInput(tensor + "/smoothed")
            .addInput(tensor + "/scale")
            .addInput(tensor + "/zero")
            .build());
  }

  private void addLayer(NodeProto layer) {
    String tensor = layer.getInput(0);
    String weights = layer.getInput(1);
    Matrix matrix = layers.weights(layer);
    // Two layers may share a matrix, as tied weights do, and read other tensors.
    String integers = layer.getOutput(0) + "/weights";
    IntegerWeights rounded = IntegerWeights.of(matrix.scaled(scale(tensor)));
    constants.add(
        bytes(
            integers,
            TensorProto.DataType.INT8,
            ByteString.copyFrom(rounded.values()),
            matrix.rows(),
            matrix.columns()));
    constants.add(floats(integers + "/scale", rounded.scales(), matrix.columns()));
    replaced.add(weights);
    Optional<NodeProto> add = bias(layer);
    NodeProto.Builder product =
        node("MatMulIntegerToFloat", add.orElse(layer).getOutput(0), RUNTIME_DOMAIN)
            .addInput(tensor + "/integers")
            .addInput(integers)
            .addInput(tensor + "/scale")
            .addInput(integers + "/scale")
            .addInput(tensor + "/zero")
            // The zero of weights is zero.
            .addInput("");
    add.flatMap(sum -> sum.getInputList().stream().filter(biases::contains).findFirst())
        .ifPresent(product::addInput);
    nodes.add(product.build());
  }

  private ActivationScale scale(String tensor) {
    ActivationScale scale = calibration.activations().get(tensor);
    if (scale == null) {
      throw new IllegalArgumentException("the calibration lacks " + tensor);
    }
    return scale;
  }

  private static NodeProto.Builder node(String type, String output, String domain) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(type).setName(output).addOutput(output);
    return domain.isEmpty() ? node : node.setDomain(domain);
  }

  private static TensorProto floats(String name, float[] values, long... shape) {
    return bytes(name, TensorProto.DataType.FLOAT, Floats.bytes(values), shape);
  }

  private static TensorProto bytes(
      String name, TensorProto.DataType type, ByteString raw, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).setRawData(raw);
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor.build();
  }
}
