package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.HashMap;
import java.util.Map;

/** Graphs that differ in nothing but their float weights: such as one training makes of another. */
final class SameForm {
  private SameForm() {}

  /**
   * Does nothing if the graphs have the same form.
   *
   * @throws IllegalArgumentException if they differ in more than float weights
   */
  static void require(ModelProto one, ModelProto other) {
    Map<String, TensorProto> constants = constants(one);
    if (!skeleton(one).equals(skeleton(other))
        || !constants.keySet().equals(constants(other).keySet())) {
      throw new IllegalArgumentException(
          "the graphs differ in more than their weights, so one is not the other after training");
    }
    for (TensorProto tensor : other.getGraph().getInitializerList()) {
      TensorProto was = constants.getOrDefault(tensor.getName(), tensor);
      if (!was.getDimsList().equals(tensor.getDimsList())
          || was.getDataType() != tensor.getDataType()) {
        throw new IllegalArgumentException(
            tensor.getName() + " has another shape or type than before");
      }
      if (!isFloat(tensor) && !was.equals(tensor)) {
        throw new IllegalArgumentException(tensor.getName() + " changed, and is no float");
      }
    }
  }

  /** Its constants, by name. */
  static Map<String, TensorProto> constants(ModelProto model) {
    Map<String, TensorProto> constants = new HashMap<>();
    model
        .getGraph()
        .getInitializerList()
        .forEach(tensor -> constants.put(tensor.getName(), tensor));
    return constants;
  }

  /** Whether its numbers are of 32 bits. */
  static boolean isFloat(TensorProto tensor) {
    return tensor.getDataType() == DataType.FLOAT.getNumber();
  }

  private static GraphProto skeleton(ModelProto model) {
    return model.getGraph().toBuilder().clearInitializer().build();
  }
}
