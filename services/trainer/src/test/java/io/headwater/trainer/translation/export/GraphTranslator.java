package io.headwater.trainer.translation.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import io.headwater.trainer.translation.export.DecoderTensors.Side;
import io.headwater.trainer.translation.export.GraphSession.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Drives the graphs of one layout: encoder once, then the decoder, with all of its outputs. */
final class GraphTranslator implements AutoCloseable {

  private final TransformerShape shape;
  private final GraphSession encoder;
  private final GraphSession first;
  private final GraphSession step;
  private final Map<String, Object> inputs = new HashMap<>();

  GraphTranslator(TransformerWeights weights, DecoderLayout layout) throws Exception {
    this.shape = weights.shape();
    Map<String, ModelProto> graphs = TransformerGraphs.of(weights, layout);
    this.encoder = open(graphs, "encoder_model.onnx");
    if (layout == DecoderLayout.MERGED) {
      this.first = open(graphs, "decoder_model_merged.onnx");
      this.step = first;
    } else {
      this.first = open(graphs, "decoder_model.onnx");
      this.step = open(graphs, "decoder_with_past_model.onnx");
    }
  }

  private static GraphSession open(Map<String, ModelProto> graphs, String name) throws Exception {
    return new GraphSession(Objects.requireNonNull(graphs.get(name), name));
  }

  /** Encodes rows, padded to {@code length}: {@code [rows, length, width]}. */
  Floats encode(int[][] sources, int length) throws Exception {
    int[][] ids = new int[sources.length][];
    int[][] mask = new int[sources.length][length];
    for (int row = 0; row < sources.length; row++) {
      ids[row] = Arrays.copyOf(sources[row], length);
      Arrays.fill(mask[row], 0, sources[row].length, 1);
    }
    Floats states =
        Objects.requireNonNull(
            encoder
                .run(Map.of("input_ids", ids, "attention_mask", mask), List.of("last_hidden_state"))
                .get("last_hidden_state"));
    inputs.put(DecoderTensors.SOURCE_MASK, mask);
    inputs.put(DecoderTensors.SOURCE_STATES, states);
    return states;
  }

  /** Reads target rows of one length from the start on, and fills the cache. */
  Map<String, Floats> first(int[][] targets) throws Exception {
    long rows = targets.length;
    Floats nothing =
        new Floats(new long[] {rows, shape.heads(), 0, shape.headWidth()}, new float[0]);
    for (int layer = 0; layer < shape.decoderLayers(); layer++) {
      for (Side side : Side.values()) {
        inputs.put(DecoderTensors.past(layer, side, "key"), nothing);
        inputs.put(DecoderTensors.past(layer, side, "value"), nothing);
      }
    }
    inputs.put(DecoderTensors.IDS, targets);
    inputs.put(DecoderTensors.USE_CACHE, new boolean[] {false});
    Map<String, Floats> found = first.run(inputs, first.outputNames());
    keep(found, List.of(Side.values()));
    return found;
  }

  /** Reads one more target token per row. */
  Map<String, Floats> step(int[] tokens) throws Exception {
    inputs.put(
        DecoderTensors.IDS,
        Arrays.stream(tokens).mapToObj(id -> new int[] {id}).toArray(int[][]::new));
    inputs.put(DecoderTensors.USE_CACHE, new boolean[] {true});
    Map<String, Floats> found = step.run(inputs, step.outputNames());
    keep(found, List.of(Side.DECODER));
    return found;
  }

  private void keep(Map<String, Floats> found, List<Side> sides) {
    for (int layer = 0; layer < shape.decoderLayers(); layer++) {
      for (Side side : sides) {
        for (String what : List.of("key", "value")) {
          Floats present = found.get(DecoderTensors.present(layer, side, what));
          inputs.put(
              DecoderTensors.past(layer, side, what), Objects.requireNonNull(present, "present"));
        }
      }
    }
  }

  @Override
  public void close() throws Exception {
    List<GraphSession> open = new ArrayList<>(List.of(encoder, first));
    if (step != first) {
      open.add(step);
    }
    for (GraphSession session : open) {
      session.close();
    }
  }
}
