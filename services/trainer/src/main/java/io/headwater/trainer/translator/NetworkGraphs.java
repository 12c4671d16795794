package io.headwater.trainer.translator;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.attention.Remembered;
import io.headwater.trainer.attention.RememberingAttention;
import io.headwater.trainer.graph.GraphWriter;
import io.headwater.trainer.network.DecoderMemory;
import io.headwater.trainer.network.Tokens;
import io.headwater.trainer.network.TranslationNetwork;
import io.headwater.trainer.network.Written;
import io.headwater.trainer.tensor.GraphOps;
import io.headwater.trainer.tensor.Weights;
import io.headwater.trainer.translation.export.DecoderSizes;
import io.headwater.trainer.translation.export.DecoderSizes.Heads;
import io.headwater.trainer.translation.export.DecoderTensors;
import io.headwater.trainer.translation.export.DecoderTensors.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as ONNX graphs in the split layout of Hugging Face Optimum. The same weights give the
 * same bytes.
 */
final class NetworkGraphs {
  private final TranslationNetwork network;
  private final Weights weights;
  private final DecoderTensors tensors;

  NetworkGraphs(TranslationNetwork network, Weights weights) {
    this.network = network;
    this.weights = weights;
    this.tensors = new DecoderTensors(sizes(network));
  }

  private static DecoderSizes sizes(TranslationNetwork network) {
    List<DecoderSizes.Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < network.ownAttention().size(); layer++) {
      RememberingAttention cross = network.crossAttention().get(layer);
      layers.add(
          new DecoderSizes.Layer(
              heads(network.ownAttention().get(layer)), heads(cross), cross.heads()));
    }
    return new DecoderSizes(
        network.shape().encoder().vocabulary(), network.shape().encoder().width(), layers);
  }

  private static Heads heads(RememberingAttention attention) {
    return new Heads(attention.keyHeads(), attention.size());
  }

  /** The graphs by the names that their files must have. */
  Map<String, ModelProto> all() {
    Map<String, ModelProto> graphs = new LinkedHashMap<>();
    graphs.put("encoder_model.onnx", encoder());
    graphs.put("decoder_model.onnx", firstPass());
    graphs.put("decoder_with_past_model.onnx", step());
    return Collections.unmodifiableMap(graphs);
  }

  private ModelProto encoder() {
    GraphWriter graph = GraphWriter.transformer("headwater-encoder");
    List<String> shape = List.of("batch_size", "encoder_sequence_length");
    String ids = graph.input("input_ids", TensorProto.DataType.INT64, shape);
    String mask = graph.input("attention_mask", TensorProto.DataType.INT64, shape);
    GraphOps ops = new GraphOps(graph, weights);
    String states = network.encode(ops, new Tokens<>(ids, keep(graph, mask)));
    graph.node("Identity", "last_hidden_state", states);
    List<String> out = new ArrayList<>(shape);
    out.add(Integer.toString(network.shape().encoder().width()));
    graph.output("last_hidden_state", out);
    return graph.toModel();
  }

  private ModelProto firstPass() {
    GraphWriter graph = GraphWriter.transformer("headwater-decoder");
    tensors.addTokens(graph, DecoderTensors.length());
    tensors.addSourceStates(graph);
    List<String> looks = new ArrayList<>();
    Written<String> written =
        network.decode(
            watching(graph, looks),
            DecoderTensors.IDS,
            DecoderTensors.SOURCE_STATES,
            keep(graph, DecoderTensors.SOURCE_MASK));
    name(graph, written, looks, List.of(Side.values()));
    tensors.addOutputs(graph, "", List.of(Side.values()), DecoderTensors.length());
    return graph.toModel();
  }

  private ModelProto step() {
    GraphWriter graph = GraphWriter.transformer("headwater-decoder-with-past");
    tensors.addTokens(graph, "1");
    tensors.addPast(graph);
    List<String> looks = new ArrayList<>();
    Written<String> written =
        network.step(
            watching(graph, looks),
            DecoderTensors.IDS,
            new DecoderMemory<>(past(Side.DECODER), past(Side.ENCODER)),
            keep(graph, DecoderTensors.SOURCE_MASK));
    name(graph, written, looks, List.of(Side.DECODER));
    tensors.addOutputs(graph, "", List.of(Side.DECODER), "1");
    return graph.toModel();
  }

  private List<Remembered<String>> past(Side side) {
    List<Remembered<String>> past = new ArrayList<>();
    for (int layer = 0; layer < network.ownAttention().size(); layer++) {
      past.add(
          new Remembered<>(
              DecoderTensors.past(layer, side, "key"), DecoderTensors.past(layer, side, "value")));
    }
    return past;
  }

  /** Hears, layer after layer, which tensor holds what the target looks at in the source. */
  private GraphOps watching(GraphWriter graph, List<String> looks) {
    return new GraphOps(
        graph,
        weights,
        (name, tensor) -> {
          if (name.endsWith(".cross")) {
            looks.add(tensor);
          }
        });
  }

  private static String keep(GraphWriter graph, String mask) {
    return graph.nodeWith("Cast", "keep", "to", TensorProto.DataType.FLOAT.getNumber(), mask);
  }

  private static void name(
      GraphWriter graph, Written<String> written, List<String> looks, List<Side> sides) {
    graph.node("Identity", DecoderTensors.LOGITS, written.logits());
    for (int layer = 0; layer < looks.size(); layer++) {
      for (Side side : sides) {
        DecoderMemory<String> memory = written.memory();
        Remembered<String> kept =
            (side == Side.DECODER ? memory.own() : memory.source()).get(layer);
        graph.node("Identity", DecoderTensors.present(layer, side, "key"), kept.keys());
        graph.node("Identity", DecoderTensors.present(layer, side, "value"), kept.values());
      }
      graph.node("Identity", DecoderTensors.crossAttention(layer), looks.get(layer));
    }
  }
}
