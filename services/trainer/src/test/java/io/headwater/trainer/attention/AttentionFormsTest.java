package io.headwater.trainer.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.tensor.Weights;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each form in PyTorch and in ONNX Runtime gives what slow loops give. */
class AttentionFormsTest {
  private static final int[] LENGTHS = {1, 2, 3, 4, 7, 8, 13};
  private final Random random = new Random(1);

  static List<Attention> all() {
    return Forms.all();
  }

  static List<Attention> anyMemory() {
    return Forms.anyMemory();
  }

  @ParameterizedTest
  @MethodSource("all")
  void looksWithinATextAsLoopsDo(Attention form) throws Exception {
    Weights weights = Forms.weights(form, 2);
    try (GraphAttention graph = new GraphAttention(form, weights, true, false)) {
      for (int length : LENGTHS) {
        for (int rows = 1; rows <= 3; rows++) {
          Texts whole = Texts.within(random, rows, length, Forms.WIDTH);
          for (Texts texts : List.of(whole, whole.padded(), whole.masked(random, 0.4))) {
            requireEqual(form, weights, texts, false, graph);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("anyMemory")
  void looksAtAnotherTextAsLoopsDo(Attention form) throws Exception {
    Weights weights = Forms.weights(form, 3);
    try (GraphAttention graph = new GraphAttention(form, weights, false, false)) {
      for (int length : LENGTHS) {
        Texts whole = Texts.across(random, 3, 5, length, Forms.WIDTH);
        for (Texts texts : List.of(whole, whole.padded(), whole.masked(random, 0.4))) {
          requireEqual(form, weights, texts, false, graph);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("anyMemory")
  void looksOnlyBackAsLoopsDo(Attention form) throws Exception {
    Weights weights = Forms.weights(form, 4);
    try (GraphAttention graph = new GraphAttention(form, weights, true, true)) {
      for (int length : LENGTHS) {
        Texts whole = Texts.within(random, 3, length, Forms.WIDTH);
        for (Texts texts : List.of(whole, whole.padded(), whole.masked(random, 0.4))) {
          requireEqual(form, weights, texts, true, graph);
        }
      }
    }
  }

  private static void requireEqual(
      Attention form, Weights weights, Texts texts, boolean causal, GraphAttention graph)
      throws Exception {
    double[] expected =
        new ReferenceAttention(form, ReferenceAttention.doubles(weights)).attend(texts, causal);
    float[] torch = new TorchAttention(form, weights).attend(texts, causal);
    float[] onnx = graph.attend(texts);
    assertThat(onnx).hasSameSizeAs(torch).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) torch[i]).as("number %d", i).isCloseTo(expected[i], within(1e-4));
      float near = 1e-5f * Math.max(1, Math.abs(torch[i]));
      assertThat(onnx[i]).as("number %d", i).isCloseTo(torch[i], within(near));
    }
  }
}
