package io.headwater.trainer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphSpliceTest {

  @Test
  void keepsTheInputsOfTheEncoderAndTheOutputsOfTheTop() {
    ModelProto joined =
        GraphSplice.attach(
            FakeEncoder.graph(), HeadGraph.features(List.of(PooledState.parse("mean-11"))));

    assertThat(joined.getGraph().getInputList())
        .extracting(input -> input.getName())
        .containsExactly("input_ids", "attention_mask");
    assertThat(joined.getGraph().getOutputList())
        .extracting(output -> output.getName())
        .containsExactly(HeadGraph.FEATURES);
  }

  @Test
  void givesTheSameBytesEachTime() {
    ModelProto top = HeadGraph.features(List.of(PooledState.parse("mean-11")));

    assertThat(GraphSplice.attach(FakeEncoder.graph(), top).toByteArray())
        .isEqualTo(GraphSplice.attach(FakeEncoder.graph(), top).toByteArray());
  }

  @Test
  void namesTheTensorThatTheEncoderLacks() {
    ModelProto top = HeadGraph.features(List.of(PooledState.parse("mean-3")));

    assertThatThrownBy(() -> GraphSplice.attach(FakeEncoder.graph(), top))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/encoder/layer.3/output/LayerNorm/Add_1_output_0");
  }

  @Test
  void refusesATopThatUsesANameOfTheEncoder() {
    GraphWriter top = new GraphWriter("top");
    top.input("input_ids", TensorProto.DataType.INT64, -1, -1);
    top.floats("table", new float[] {1}, 1);

    assertThatThrownBy(() -> GraphSplice.attach(FakeEncoder.graph(), top.toModel()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[table]");
  }
}
