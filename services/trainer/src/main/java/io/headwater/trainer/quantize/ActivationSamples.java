package io.headwater.trainer.quantize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.TokenGraph;
import io.headwater.models.engine.TokenRows;
import io.headwater.trainer.data.LengthBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What goes into linear layers while a graph reads texts: vectors of some tokens, and the largest
 * number of every channel over all of them. Layers that do not work token by token are left out.
 */
final class ActivationSamples {
  /** Enough tokens that a range is seen; a wide layer's are 4 MB then. */
  private static final int TOKENS = 600;

  private final LinearLayers layers;
  private final Map<String, List<float[]>> rows = new LinkedHashMap<>();
  private final Map<String, float[]> largest = new LinkedHashMap<>();
  private final Set<String> excluded = new HashSet<>();

  private ActivationSamples(LinearLayers layers) {
    this.layers = layers;
    for (String input : layers.byInput().keySet()) {
      rows.put(input, new ArrayList<>());
      largest.put(input, new float[layers.width(input)]);
    }
  }

  /**
   * Runs a graph over segments.
   *
   * @param padId fills the shorter rows of a batch
   * @param progress is told how many segments are done
   */
  static ActivationSamples collect(
      ModelProto model,
      LinearLayers layers,
      List<int[]> segments,
      int padId,
      Consumer<Integer> progress) {
    ActivationSamples samples = new ActivationSamples(layers);
    List<String> wanted = List.copyOf(layers.byInput().keySet());
    long all = segments.stream().mapToLong(segment -> segment.length).sum();
    int stride = (int) Math.max(1, all / TOKENS);
    int seen = 0;
    int done = 0;
    byte[] watched = watched(model, wanted).toByteArray();
    try (TokenGraph graph =
        TokenGraph.open("the graph to calibrate", watched, EngineOptions.cpu())) {
      for (List<Integer> batch : LengthBatches.of(segments)) {
        List<int[]> ids = batch.stream().map(segments::get).toList();
        int first = (stride - seen % stride) % stride;
        List<String> names = new ArrayList<>(wanted);
        graph.run(
            TokenRows.whole(ids),
            padId,
            wanted,
            values -> samples.add(names.remove(0), values, ids, first, stride));
        seen += ids.stream().mapToInt(row -> row.length).sum();
        done += ids.size();
        progress.accept(done);
      }
    }
    samples.excluded.forEach(samples.rows::remove);
    return samples;
  }

  /** The tensors of which there are samples. */
  Set<String> tensors() {
    return Collections.unmodifiableSet(rows.keySet());
  }

  /** Vectors of tokens. */
  List<float[]> rows(String tensor) {
    return Collections.unmodifiableList(Objects.requireNonNull(rows.get(tensor), tensor));
  }

  /** The largest absolute number of each channel. */
  float[] largest(String tensor) {
    return Objects.requireNonNull(largest.get(tensor), tensor).clone();
  }

  private void add(String tensor, float[] values, List<int[]> ids, int first, int stride) {
    int width = layers.width(tensor);
    int longest = ids.stream().mapToInt(row -> row.length).max().orElseThrow();
    // A graph may pad its tokens further, to a multiple of something.
    int length = values.length / (ids.size() * width);
    if (length < longest || values.length != ids.size() * length * width) {
      excluded.add(tensor);
      return;
    }
    float[] most = Objects.requireNonNull(largest.get(tensor), tensor);
    List<float[]> kept = Objects.requireNonNull(rows.get(tensor), tensor);
    int token = 0;
    for (int row = 0; row < ids.size(); row++) {
      for (int position = 0; position < ids.get(row).length; position++, token++) {
        int from = (row * length + position) * width;
        for (int channel = 0; channel < width; channel++) {
          most[channel] = Math.max(most[channel], Math.abs(values[from + channel]));
        }
        if (token >= first && (token - first) % stride == 0) {
          kept.add(Arrays.copyOfRange(values, from, from + width));
        }
      }
    }
  }

  private static ModelProto watched(ModelProto model, List<String> tensors) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    Set<String> there = new HashSet<>();
    graph.getOutputList().forEach(output -> there.add(output.getName()));
    TypeProto.Tensor floats =
        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber()).build();
    for (String tensor : tensors) {
      if (there.add(tensor)) {
        graph.addOutput(
            ValueInfoProto.newBuilder()
                .setName(tensor)
                .setType(TypeProto.newBuilder().setTensorType(floats)));
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }
}
