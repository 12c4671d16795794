package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.util.Map;

/**
 * What training changed in the weights of a graph, a quarter of their size. Fine-tuning moves each
 * weight by little, so the movement is kept in eight bits, with one scale for each output of a
 * matrix: the error is at most a 254th of the largest movement. Vectors (biases, gains) are kept as
 * they came out. The same graph and the same difference give the same bits, always.
 */
public final class WeightDifference {
  private static final String SCALE = "/scale";
  private static final int LARGEST = 127;

  private WeightDifference() {}

  /**
   * What changed.
   *
   * @param before the graph that training began with
   * @param after the same with other weights
   * @return a model without nodes, whose constants are the changes
   * @throws IllegalArgumentException if the graphs differ in more than float weights
   */
  public static ModelProto of(ModelProto before, ModelProto after) {
    SameForm.require(before, after);
    Map<String, TensorProto> old = SameForm.constants(before);
    GraphProto.Builder changes = GraphProto.newBuilder().setName("difference");
    for (TensorProto tensor : after.getGraph().getInitializerList()) {
      TensorProto was = old.getOrDefault(tensor.getName(), tensor);
      if (SameForm.isFloat(tensor) && isMoved(Floats.of(was), Floats.of(tensor))) {
        add(was, tensor, changes);
      }
    }
    return ModelProto.newBuilder().setGraph(changes).build();
  }

  /**
   * The trained graph.
   *
   * @param before the graph that training began with
   * @throws IllegalArgumentException if the difference is not of this graph
   */
  public static ModelProto apply(ModelProto before, ModelProto difference) {
    Map<String, TensorProto> changes = SameForm.constants(difference);
    GraphProto.Builder graph = before.getGraph().toBuilder();
    int applied = 0;
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto was = graph.getInitializer(i);
      TensorProto change = changes.get(was.getName());
      if (change == null) {
        continue;
      }
      if (!change.getDimsList().equals(was.getDimsList())) {
        throw new IllegalArgumentException(
            "the difference is of another graph: " + was.getName() + " has another shape there");
      }
      TensorProto scale = changes.get(was.getName() + SCALE);
      applied += scale == null ? 1 : 2;
      graph.setInitializer(
          i,
          scale == null
              ? Floats.replace(was, Floats.of(change))
              : moved(was, change.getRawData(), Floats.of(scale)));
    }
    if (applied != changes.size()) {
      throw new IllegalArgumentException(
          "the difference is of another graph: it has weights that are not in this one");
    }
    return before.toBuilder().setGraph(graph).build();
  }

  /** Whether there is a movement; from -0 to 0, as a mean can make it, is none. */
  private static boolean isMoved(float[] from, float... to) {
    for (int i = 0; i < to.length; i++) {
      if (from[i] != to[i]) {
        return true;
      }
    }
    return false;
  }

  private static void add(TensorProto was, TensorProto tensor, GraphProto.Builder changes) {
    if (tensor.getDimsCount() < 2) {
      changes.addInitializer(Floats.replace(tensor, Floats.of(tensor)));
      return;
    }
    float[] from = Floats.of(was);
    float[] to = Floats.of(tensor);
    int columns = Math.toIntExact(tensor.getDims(tensor.getDimsCount() - 1));
    float[] scale = new float[columns];
    for (int i = 0; i < to.length; i++) {
      scale[i % columns] = Math.max(scale[i % columns], Math.abs(to[i] - from[i]) / LARGEST);
    }
    byte[] steps = new byte[to.length];
    for (int i = 0; i < to.length; i++) {
      float unit = scale[i % columns];
      steps[i] = unit == 0 ? 0 : (byte) Math.round((to[i] - from[i]) / unit);
    }
    changes.addInitializer(
        TensorProto.newBuilder()
            .setName(tensor.getName())
            .setDataType(DataType.INT8.getNumber())
            .addAllDims(tensor.getDimsList())
            .setRawData(ByteString.copyFrom(steps)));
    changes.addInitializer(
        TensorProto.newBuilder()
            .setName(tensor.getName() + SCALE)
            .setDataType(DataType.FLOAT.getNumber())
            .addDims(columns)
            .setRawData(Floats.bytes(scale)));
  }

  private static TensorProto moved(TensorProto was, ByteString steps, float... scale) {
    float[] values = Floats.of(was);
    for (int i = 0; i < values.length; i++) {
      values[i] += steps.byteAt(i) * scale[i % scale.length];
    }
    return Floats.replace(was, values);
  }
}
