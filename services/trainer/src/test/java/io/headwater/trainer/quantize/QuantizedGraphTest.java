package io.headwater.trainer.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.TokenGraph;
import io.headwater.trainer.graph.GraphWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs small enough to be computed by hand. */
class QuantizedGraphTest {

  private static final Map<String, ActivationScale> SCALES =
      Map.of("vectors", new ActivationScale(0.5f, 0, new int[] {0, 8}));

  @TempDir Path folder;

  @Test
  void multipliesIntegersAndAddsTheBias() {
    // Token 1 is (1, 3), the second channel 1.5 after smoothing: integers 2 and 3, times 0.5. The
    // weights of the first column are 1 and 2 · 0.5, those of the second -1 and 0.
    float[] result = run(QuantizedGraph.of(graph(), new Calibration(1, SCALES)), new int[] {1, 2});

    assertThat(result[0]).isCloseTo(1 + 1.5f + 10, within(0.02f));
    assertThat(result[1]).isCloseTo(-1 + 20, within(0.02f));
  }

  @Test
  void cutsOffWhatIsBeyondTheRange() {
    // Token 2 is (1000, 0); the largest integer is 255, which is 127.5.
    float[] result = run(QuantizedGraph.of(graph(), new Calibration(1, SCALES)), new int[] {1, 2});

    assertThat(result[2]).isCloseTo(127.5f + 10, within(0.5f));
  }

  @Test
  void makesIntegersOnceAndDropsTheFloatWeights() {
    ModelProto quantized = QuantizedGraph.of(graph(), new Calibration(1, SCALES));

    List<String> operators =
        quantized.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
    assertThat(operators)
        .containsExactly(
            "Gather",
            "Mul",
            "QuantizeLinear",
            "MatMulIntegerToFloat",
            "MatMulIntegerToFloat",
            "Add");
    assertThat(quantized.getGraph().getInitializerList())
        .extracting(TensorProto::getName)
        .doesNotContain("weights", "other")
        .contains("table", "bias");
  }

  @Test
  void theSameInputsGiveTheSameBytes() {
    Calibration calibration = new Calibration(1, SCALES);

    assertThat(QuantizedGraph.of(graph(), calibration).toByteArray())
        .isEqualTo(QuantizedGraph.of(graph(), calibration).toByteArray());
  }

  @Test
  void refusesACalibrationOfAnotherGraph() {
    Map<String, ActivationScale> foreign =
        Map.of("elsewhere", new ActivationScale(1, 0, new int[2]));
    Map<String, ActivationScale> narrow = Map.of("vectors", new ActivationScale(1, 0, new int[1]));

    assertThatThrownBy(() -> QuantizedGraph.of(graph(), new Calibration(1, foreign)))
        .hasMessageContaining("another graph")
        .hasMessageContaining("elsewhere");
    assertThatThrownBy(() -> QuantizedGraph.of(graph(), new Calibration(1, narrow)))
        .hasMessageContaining("1 channels for vectors, which has 2");
  }

  @Test
  void calibrationFindsTheLayersAndComesNearWhatTheyGave() throws Exception {
    List<LayerReport> reports = new ArrayList<>();
    List<int[]> segments = List.of(new int[] {1, 1, 0}, new int[] {0, 1}, new int[] {1});

    Calibration calibration =
        new Calibrator(graph()).calibrate(segments, 0, done -> {}, reports::add);

    assertThat(calibration.activations()).containsOnlyKeys("vectors");
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).layers()).isEqualTo(2);
    assertThat(reports.get(0).decibels()).isGreaterThan(35);
    float[] exact = run(graph(), new int[] {1, 0});
    float[] near = run(QuantizedGraph.of(graph(), calibration), new int[] {1, 0});
    for (int i = 0; i < exact.length; i++) {
      assertThat(near[i]).isCloseTo(exact[i], within(0.1f));
    }
    Path file = folder.resolve("calibration.json");
    calibration.write(file);
    assertThat(QuantizedGraph.of(graph(), Calibration.read(file)))
        .isEqualTo(QuantizedGraph.of(graph(), calibration));
  }

  private static float[] run(ModelProto model, int[] ids) {
    try (TokenGraph graph = TokenGraph.open("tiny", model.toByteArray(), EngineOptions.cpu())) {
      return graph.run(List.of(ids), 0, List.of("result")).get(0);
    }
  }

  /** Two layers that read the same vectors; the bias of the second is no constant of one axis. */
  private static ModelProto graph() {
    GraphWriter graph = new GraphWriter("tiny");
    graph.input("input_ids", TensorProto.DataType.INT64, -1, -1);
    graph.input("attention_mask", TensorProto.DataType.INT64, -1, -1);
    graph.floats("table", new float[] {0.5f, 2, 1, 3, 1000, 0}, 3, 2);
    graph.floats("weights", new float[] {1, -1, 0.5f, 0}, 2, 2);
    graph.floats("other", new float[] {0, 0, 0, 0}, 2, 2);
    graph.floats("bias", new float[] {10, 20}, 2);
    graph.node("Gather", "vectors", "table", "input_ids");
    graph.node("MatMul", "product", "vectors", "weights");
    graph.node("Add", "sum", "product", "bias");
    graph.node("MatMul", "nothing", "vectors", "other");
    graph.node("Add", "result", "sum", "nothing");
    graph.output("result", -1, -1, 2);
    return graph.toModel();
  }
}
