package io.headwater.trainer.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransformerWeightsTest {

  private static final TransformerShape SHAPE = new TransformerShape(11, 8, 2, 12, 1, 1, 16);

  @Test
  void keepsTheOrderOfTheLayers() {
    TransformerWeights weights = new TransformerWeights(SHAPE, zeros());

    assertThat(weights.tensors().keySet()).containsExactlyElementsOf(SHAPE.tensors().keySet());
    assertThat(weights.tensor("decoder.0.cross.kv.weight")).hasSize(8 * 16);
  }

  @Test
  void namesWhatIsMissing() {
    Map<String, float[]> tensors = zeros();
    tensors.remove("encoder.norm.gain");

    assertThatThrownBy(() -> new TransformerWeights(SHAPE, tensors))
        .hasMessage("these tensors are missing: [encoder.norm.gain]");
  }

  @Test
  void namesWhatTheShapeDoesNotHave() {
    Map<String, float[]> tensors = zeros();
    tensors.put("encoder.1.self.norm.gain", new float[8]);

    assertThatThrownBy(() -> new TransformerWeights(SHAPE, tensors))
        .hasMessage("the shape has no tensors called [encoder.1.self.norm.gain]");
  }

  @Test
  void namesATensorOfAnotherSize() {
    Map<String, float[]> tensors = zeros();
    tensors.put("embedding", new float[8]);

    assertThatThrownBy(() -> new TransformerWeights(SHAPE, tensors))
        .hasMessage("embedding has 8 numbers; the shape needs 88");
  }

  @Test
  void refusesAWidthThatTheHeadsCannotShare() {
    assertThatThrownBy(() -> new TransformerShape(11, 8, 3, 12, 1, 1, 16))
        .hasMessageContaining("width is 8");
  }

  private static Map<String, float[]> zeros() {
    Map<String, float[]> tensors = new HashMap<>();
    SHAPE
        .tensors()
        .forEach(
            (name, size) ->
                tensors.put(name, new float[size.length == 1 ? size[0] : size[0] * size[1]]));
    return tensors;
  }
}
