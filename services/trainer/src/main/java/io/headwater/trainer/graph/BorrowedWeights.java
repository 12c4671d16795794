package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained graph without the weights that it shares with the encoder it began as, such as frozen
 * embeddings: what is left is small enough to be kept with the sources, and the build takes the
 * rest from the encoder.
 */
public final class BorrowedWeights {

  /** Smaller tensors are not worth it. */
  private static final int LEAST_BYTES = 1 << 16;

  private BorrowedWeights() {}

  /**
   * The trained graph, the numbers of tensors that the encoder has under the same name left out.
   */
  public static ModelProto without(ModelProto trained, ModelProto encoder) {
    Map<String, TensorProto> known = byName(encoder);
    GraphProto.Builder graph = trained.getGraph().toBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto tensor = graph.getInitializer(i);
      TensorProto there = known.get(tensor.getName());
      boolean same = there != null && there.getRawData().equals(tensor.getRawData());
      if (same && tensor.getRawData().size() >= LEAST_BYTES) {
        graph.setInitializer(i, tensor.toBuilder().setRawData(ByteString.EMPTY));
      }
    }
    return trained.toBuilder().setGraph(graph).build();
  }

  /**
   * The whole trained graph.
   *
   * @throws IllegalArgumentException if the encoder lacks a tensor that was left out
   */
  public static ModelProto restored(ModelProto trained, ModelProto encoder) {
    Map<String, TensorProto> known = byName(encoder);
    List<String> missing = new ArrayList<>();
    GraphProto.Builder graph = trained.getGraph().toBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto tensor = graph.getInitializer(i);
      if (isLeftOut(tensor)) {
        TensorProto there = known.get(tensor.getName());
        if (there == null || !there.getDimsList().equals(tensor.getDimsList())) {
          missing.add(tensor.getName());
        } else {
          graph.setInitializer(i, tensor.toBuilder().setRawData(there.getRawData()));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "the encoder lacks weights of the trained graph: "
              + missing
              + "; is it another encoder?");
    }
    return trained.toBuilder().setGraph(graph).build();
  }

  private static boolean isLeftOut(TensorProto tensor) {
    long size = tensor.getDimsList().stream().reduce(1L, Math::multiplyExact);
    return size > 0
        && tensor.getRawData().isEmpty()
        && tensor.getFloatDataCount() == 0
        && tensor.getInt64DataCount() == 0
        && tensor.getInt32DataCount() == 0;
  }

  private static Map<String, TensorProto> byName(ModelProto model) {
    Map<String, TensorProto> byName = new HashMap<>();
    model.getGraph().getInitializerList().forEach(tensor -> byName.put(tensor.getName(), tensor));
    return byName;
  }
}
