package io.headwater.trainer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BorrowedWeightsTest {
  private static final int ROWS = 200;
  private static final int WIDTH = 100;

  @Test
  void keepsOnlyWhatTheEncoderLacksAndComesBackWhole() {
    ModelProto encoder = graph(1, 1);
    ModelProto trained = graph(1, 2);

    ModelProto kept = BorrowedWeights.without(trained, encoder);

    assertThat(kept.getSerializedSize()).isLessThan(trained.getSerializedSize() * 6 / 10);
    assertThat(BorrowedWeights.restored(kept, encoder)).isEqualTo(trained);
  }

  @Test
  void refusesAnEncoderThatLacksAWeight() {
    ModelProto kept = BorrowedWeights.without(graph(1, 2), graph(1, 1));

    assertThatThrownBy(() -> BorrowedWeights.restored(kept, ModelProto.getDefaultInstance()))
        .hasMessageContaining("embedding")
        .hasMessageContaining("another encoder");
  }

  private static ModelProto graph(float embedding, float layer) {
    GraphWriter writer = new GraphWriter("two tables");
    writer.floats("embedding", filled(embedding), ROWS, WIDTH);
    writer.floats("layer", filled(layer), ROWS, WIDTH);
    writer.node("Add", "sum", "embedding", "layer");
    writer.output("sum", ROWS, WIDTH);
    return writer.toModel();
  }

  private static float[] filled(float value) {
    float[] values = new float[ROWS * WIDTH];
    Arrays.fill(values, value);
    return values;
  }
}
