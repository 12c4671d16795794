package io.headwater.trainer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.TokenGraph;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Graphs whose first token chooses a row of logits. */
class TemperatureGraphTest {
  private static final int ROWS = 64;
  private static final double TEMPERATURE = 1.7;

  @Test
  void dividesWhatTheSoftmaxReads() {
    ModelProto model = graph(true, "probabilities");
    ModelProto tempered = TemperatureGraph.of(model, TEMPERATURE);

    assertDivided(probabilities(model), probabilities(tempered));
    assertThat(tempered.getGraph().getNodeList())
        .noneMatch(node -> node.getOpType().contains("Log"));
  }

  @Test
  void takesTheLogarithmOfProbabilitiesThatCameAnotherWay() {
    ModelProto model = graph(false, "probabilities");

    assertDivided(probabilities(model), probabilities(TemperatureGraph.of(model, TEMPERATURE)));
  }

  @Test
  void twoTemperaturesMultiply() {
    ModelProto model = graph(true, "probabilities");
    ModelProto twice = TemperatureGraph.of(TemperatureGraph.of(model, 2), TEMPERATURE / 2);

    assertDivided(probabilities(model), probabilities(twice));
  }

  @Test
  void dividesLogitsThatAreTheOutput() {
    ModelProto model = graph(true, "logits");
    float[] before = run(model, "logits", 3);
    float[] after = run(TemperatureGraph.of(model, 2), "logits", 3);

    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isEqualTo(before[i] / 2);
    }
  }

  @Test
  void aRowHasTheSameBitsAloneAndInAnyBatch() {
    for (boolean softmax : new boolean[] {true, false}) {
      ModelProto tempered = TemperatureGraph.of(graph(softmax, "probabilities"), TEMPERATURE);
      float[] together = probabilities(tempered);
      for (int row = 0; row < ROWS; row++) {
        float[] alone = run(tempered, "probabilities", row);
        assertThat(alone).isEqualTo(Arrays.copyOfRange(together, row * 3, row * 3 + 3));
      }
    }
  }

  @Test
  void refusesWhatIsNoTemperatureAndWhatIsNoClassifier() {
    assertThatThrownBy(() -> TemperatureGraph.of(graph(true, "logits"), 0))
        .hasMessageContaining("temperature 0.0");
    assertThatThrownBy(() -> TemperatureGraph.of(graph(true, "vectors"), 1))
        .hasMessageContaining("neither probabilities nor logits");
  }

  private static void assertDivided(float[] before, float[] after) {
    for (int row = 0; row < ROWS; row++) {
      double sum = 0;
      double[] powers = new double[3];
      for (int label = 0; label < 3; label++) {
        powers[label] = Math.pow(before[row * 3 + label], 1 / TEMPERATURE);
        sum += powers[label];
      }
      for (int label = 0; label < 3; label++) {
        assertThat((double) after[row * 3 + label]).isCloseTo(powers[label] / sum, within(1e-5));
      }
    }
  }

  private static float[] probabilities(ModelProto model) {
    int[] all = new int[ROWS];
    Arrays.setAll(all, row -> row);
    return run(model, "probabilities", all);
  }

  private static float[] run(ModelProto model, String output, int... rows) {
    List<int[]> ids = Arrays.stream(rows).mapToObj(row -> new int[] {row}).toList();
    try (TokenGraph graph = TokenGraph.open("tiny", model.toByteArray(), EngineOptions.cpu())) {
      return graph.run(ids, 0, List.of(output)).get(0);
    }
  }

  /** With a softmax, then a slice as the shipped head has it; or with a plain quotient. */
  private static ModelProto graph(boolean softmax, String output) {
    GraphWriter graph = new GraphWriter("tiny");
    graph.input("input_ids", TensorProto.DataType.INT64, -1, -1);
    graph.input("attention_mask", TensorProto.DataType.INT64, -1, -1);
    Random random = new Random(4);
    float[] table = new float[ROWS * 3];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) (softmax ? 3 * random.nextGaussian() : 0.01 + random.nextDouble());
    }
    graph.floats("table", table, ROWS, 3);
    String zero = graph.longs("zero", new long[] {0});
    graph.nodeWith("Gather", "first", "axis", 1, "input_ids", zero);
    String rows = graph.node("Gather", output.equals("logits") ? output : "rows", "table", "first");
    if (output.equals("logits")) {
      graph.output(output, -1, 3);
      return graph.toModel();
    }
    if (softmax) {
      graph.nodeWith("Softmax", "shares", "axis", 1, rows);
      String from = graph.longs("from", new long[] {0}, 1);
      String to = graph.longs("to", new long[] {Long.MAX_VALUE}, 1);
      graph.node("Slice", output, "shares", from, to, from);
    } else {
      graph.nodeOver("ReduceSum", "sum", 1, rows);
      graph.nodeOver("Unsqueeze", "column", 1, "sum");
      graph.node("Div", output, rows, "column");
    }
    graph.output(output, -1, 3);
    return graph.toModel();
  }
}
