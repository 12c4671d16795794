package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The mean of graphs, weight by weight. Trainings that began with the same weights end in one
 * valley, and its middle errs less than its edges (Izmailov et al. 2018, SWA; Wortsman et al. 2022,
 * model soups). Of trainings that began with different weights the mean is good for nothing.
 */
public final class WeightMean {
  private WeightMean() {}

  /**
   * The graph between graphs. It costs at run time what one of them costs.
   *
   * @param models two or more
   * @throws IllegalArgumentException if there are fewer, or they differ in more than float weights
   */
  public static ModelProto of(List<ModelProto> models) {
    if (models.size() < 2) {
      throw new IllegalArgumentException("a mean needs two graphs or more");
    }
    ModelProto first = models.get(0);
    List<Map<String, TensorProto>> others = new ArrayList<>();
    for (ModelProto other : models.subList(1, models.size())) {
      SameForm.require(first, other);
      others.add(SameForm.constants(other));
    }
    GraphProto.Builder graph = first.getGraph().toBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto tensor = graph.getInitializer(i);
      if (SameForm.isFloat(tensor)) {
        graph.setInitializer(i, mean(tensor, others));
      }
    }
    return first.toBuilder().setGraph(graph).build();
  }

  private static TensorProto mean(TensorProto tensor, List<Map<String, TensorProto>> others) {
    float[] first = Floats.of(tensor);
    double[] sums = new double[first.length];
    // Not added to zero: 0 + -0 is 0, and a weight that all have alike is to stay as it is.
    for (int i = 0; i < sums.length; i++) {
      sums[i] = first[i];
    }
    for (Map<String, TensorProto> other : others) {
      add(sums, Floats.of(other.getOrDefault(tensor.getName(), tensor)));
    }
    for (int i = 0; i < sums.length; i++) {
      first[i] = (float) (sums[i] / (1 + others.size()));
    }
    return Floats.replace(tensor, first);
  }

  private static void add(double[] sums, float... values) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i];
    }
  }
}
