package io.headwater.trainer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WeightMeanTest {
  private static final float[] ONE = {1, -2, 8};

  @Property(tries = 50)
  void everyWeightIsTheMeanOfItsLike(
      @ForAll @Size(min = 2, max = 5) List<@FloatRange(min = -9, max = 9) Float> weights) {
    ModelProto mean =
        WeightMean.of(weights.stream().map(weight -> model("MatMul", weight, 1f)).toList());

    double sum = weights.stream().mapToDouble(Float::doubleValue).sum();
    assertThat(first(mean)).containsExactly((float) (sum / weights.size()), 1f);
  }

  @Test
  void theMeanOfThreeIsNotThatOfTwoAndThenOne() {
    List<ModelProto> models =
        Stream.of(ONE[0], ONE[1], ONE[2]).map(weight -> model("MatMul", weight)).toList();

    assertThat(first(WeightMean.of(models))).containsExactly(7f / 3);
  }

  @Test
  void ofTheSameItIsTheSame() {
    float[] weights = {1, -2, 8, 0.1f, -0f};
    ModelProto model = model("MatMul", weights);

    assertThat(first(WeightMean.of(List.of(model, model, model)))).containsExactly(weights);
  }

  @Test
  void graphsOfAnotherFormAreRefused() {
    ModelProto model = model("MatMul", ONE);

    assertThatThrownBy(() -> WeightMean.of(List.of(model)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two graphs or more");
    assertThatThrownBy(() -> WeightMean.of(List.of(model, model("Gemm", ONE))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than their weights");
    assertThatThrownBy(() -> WeightMean.of(List.of(model, model("MatMul", 1, 2))))
        .hasMessageContaining("weight has another shape");
  }

  private static float[] first(ModelProto model) {
    return Floats.of(model.getGraph().getInitializer(0));
  }

  private static ModelProto model(String operator, float... weight) {
    GraphWriter graph = new GraphWriter("one layer");
    graph.floats("weight", weight, weight.length);
    graph.node(operator, "y", "x", "weight");
    return graph.toModel();
  }
}
