package io.headwater.trainer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WeightDifferenceTest {
  private static final int ROWS = 12;

  @Property(tries = 50)
  void everyWeightComesWithinA254thOfTheLargestMovement(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int columns) {
    Random random = new Random(seed);
    float[] before = numbers(random, ROWS * columns, 1);
    float[] after = before.clone();
    for (int i = 0; i < after.length; i++) {
      after[i] += (float) (0.01 * (1 + i % columns) * random.nextGaussian());
    }
    float[] bias = numbers(random, columns, 1);
    ModelProto began = model("MatMul", before, new float[columns]);
    ModelProto trained = model("MatMul", after, bias);

    ModelProto again = WeightDifference.apply(began, WeightDifference.of(began, trained));

    float[] came = weight(again, 0);
    for (int column = 0; column < columns; column++) {
      float largest = 0;
      for (int i = column; i < after.length; i += columns) {
        largest = Math.max(largest, Math.abs(after[i] - before[i]));
      }
      for (int i = column; i < after.length; i += columns) {
        assertThat(came[i]).isCloseTo(after[i], within(largest / 254 + 1e-6f));
      }
    }
    assertThat(weight(again, 1)).containsExactly(bias);
  }

  @Test
  void whatDidNotChangeTakesNoRoom() {
    float[] matrix = numbers(new Random(1), ROWS * 4, 1);
    matrix[3] = -0f;
    ModelProto began = model("MatMul", matrix, new float[4]);
    float[] mean = matrix.clone();
    mean[3] = 0;

    ModelProto difference = WeightDifference.of(began, model("MatMul", mean, new float[4]));

    assertThat(difference.getGraph().getInitializerList()).isEmpty();
    assertThat(WeightDifference.apply(began, difference)).isEqualTo(began);
  }

  @Test
  void takesAQuarterOfTheRoom() {
    float[] before = numbers(new Random(1), ROWS * 400, 1);
    ModelProto began = model("MatMul", before, new float[400]);
    ModelProto trained = model("MatMul", numbers(new Random(2), ROWS * 400, 1), new float[400]);

    int size = WeightDifference.of(began, trained).getSerializedSize();

    assertThat(size).isLessThan(began.getSerializedSize() * 2 / 5);
  }

  @Test
  void graphsOfAnotherFormAreRefused() {
    ModelProto began = model("MatMul", new float[ROWS], new float[1]);
    ModelProto other = model("Gemm", new float[ROWS], new float[1]);
    ModelProto wider = model("MatMul", new float[ROWS * 2], new float[2]);
    ModelProto changed = model("MatMul", numbers(new Random(1), ROWS * 2, 1), new float[2]);

    assertThatThrownBy(() -> WeightDifference.of(began, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than their weights");
    assertThatThrownBy(() -> WeightDifference.of(began, wider))
        .hasMessageContaining("matrix has another shape");
    assertThatThrownBy(() -> WeightDifference.apply(began, WeightDifference.of(wider, changed)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of another graph");
  }

  private static ModelProto model(String operator, float[] matrix, float... bias) {
    GraphWriter graph = new GraphWriter("one layer");
    graph.floats("matrix", matrix, ROWS, bias.length);
    graph.floats("bias", bias, bias.length);
    graph.node(operator, "y", "x", "matrix", "bias");
    return graph.toModel();
  }

  private static float[] weight(ModelProto model, int place) {
    GraphProto graph = model.getGraph();
    TensorProto tensor = graph.getInitializer(place);
    return Floats.of(tensor);
  }

  private static float[] numbers(Random random, int count, float size) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian() * size;
    }
    return numbers;
  }
}
