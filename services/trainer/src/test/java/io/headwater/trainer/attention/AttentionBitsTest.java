package io.headwater.trainer.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In ONNX Runtime a text's numbers are the same to the last bit whatever is beside it. */
class AttentionBitsTest {
  private static final int WIDTH = 64;

  private final Random random = new Random(7);

  /** Windows and segments that divide by the padding, and such that do not. */
  static List<Attention> all() {
    return Stream.concat(
            Forms.all(WIDTH, 4, 16, 16).stream(), Forms.all(WIDTH, 2, 7, 5).stream().skip(6))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aTextHasTheSameBitsAloneAndInABatch(Attention form) throws Exception {
    try (GraphAttention graph = new GraphAttention(form, Forms.weights(form, 8), true, false)) {
      for (int length : new int[] {8, 24, 72}) {
        Texts texts = Texts.within(random, 3, length, WIDTH).padded();
        float[] batch = graph.attend(texts);
        for (int row = 0; row < texts.rows(); row++) {
          float[] alone = graph.attend(texts.alone(row, length, random));
          requireSame(alone, batch, row * alone.length, alone.length);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aTextHasTheSameBitsAtAnyPaddingByEights(Attention form) throws Exception {
    try (GraphAttention graph = new GraphAttention(form, Forms.weights(form, 8), true, false)) {
      for (int real : new int[] {1, 5, 16, 21, 50}) {
        Texts text = Texts.within(random, 1, real, WIDTH);
        int shortest = (real + 7) / 8 * 8;
        float[] expected = graph.attend(text.alone(0, shortest, random));
        for (int length = shortest + 8; length <= 88; length += 16) {
          float[] longer = graph.attend(text.alone(0, length, random));
          requireSame(longer, expected, 0, real * WIDTH);
        }
      }
    }
  }

  private static void requireSame(float[] actual, float[] expected, int from, int size) {
    for (int i = 0; i < size; i++) {
      assertThat(actual[i]).as("number %d", i).isEqualTo(expected[from + i]);
    }
  }
}
