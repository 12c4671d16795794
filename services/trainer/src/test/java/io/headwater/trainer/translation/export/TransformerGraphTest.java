package io.headwater.trainer.translation.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import io.headwater.trainer.translation.export.GraphSession.Floats;
import io.headwater.trainer.translation.export.ReferenceTransformer.Decoded;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransformerGraphTest {

  private static final TransformerShape SHAPE = new TransformerShape(60, 24, 3, 40, 2, 3, 32);
  private static final double TOLERANCE = 1e-4;

  private final TransformerWeights weights = RandomWeights.of(SHAPE, 5);
  private final ReferenceTransformer reference = new ReferenceTransformer(weights);
  private final int[][] sources = {row(7, 1), row(11, 2), row(1, 3), row(4, 4)};

  @Test
  void encodesARowAloneAsTheReferenceDoes() throws Exception {
    try (GraphTranslator graphs = new GraphTranslator(weights, DecoderLayout.MERGED)) {
      Floats states = graphs.encode(new int[][] {sources[0]}, 7);

      requireClose(states.values(), reference.encode(sources[0]));
    }
  }

  @Test
  void encodesPaddedRowsAsTheReferenceDoes() throws Exception {
    try (GraphTranslator graphs = new GraphTranslator(weights, DecoderLayout.MERGED)) {
      Floats states = graphs.encode(sources, 13);

      assertThat(states.shape()).containsExactly(4, 13, 24);
      for (int row = 0; row < sources.length; row++) {
        requireClose(states.row(row), reference.encode(sources[row]));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DecoderLayout.class)
  void readsAWholeTargetAsTheReferenceDoes(DecoderLayout layout) throws Exception {
    int[][] targets = {row(6, 5), row(6, 6), row(6, 7), row(6, 8)};
    try (GraphTranslator graphs = new GraphTranslator(weights, layout)) {
      graphs.encode(sources, 11);

      Map<String, Floats> found = graphs.first(targets);

      for (int row = 0; row < sources.length; row++) {
        Decoded expected = reference.decode(targets[row], reference.encode(sources[row]));
        float[] logits = tensor(found, "logits").row(row);
        requireClose(logits, expected.logits());
        requireSameChoice(logits, expected.logits());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DecoderLayout.class)
  void goesOnStepByStepAsTheReferenceDoes(DecoderLayout layout) throws Exception {
    int[][] targets = {row(9, 9), row(9, 10), row(9, 11), row(9, 12)};
    try (GraphTranslator graphs = new GraphTranslator(weights, layout)) {
      graphs.encode(sources, 11);
      graphs.first(column(targets, 0, 2));
      for (int length = 3; length <= 9; length++) {
        int last = length - 1;

        Map<String, Floats> found =
            graphs.step(Arrays.stream(targets).mapToInt(target -> target[last]).toArray());

        assertThat(tensor(found, "logits").shape()).containsExactly(4, 1, 60);
        for (int row = 0; row < sources.length; row++) {
          Decoded expected =
              reference.decode(Arrays.copyOf(targets[row], length), reference.encode(sources[row]));
          double[][] logits = {expected.logits()[last]};
          requireClose(tensor(found, "logits").row(row), logits);
          requireSameChoice(tensor(found, "logits").row(row), logits);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DecoderLayout.class)
  void tellsWhereItLookedAndNeverLooksAtPadding(DecoderLayout layout) throws Exception {
    int[][] targets = {row(3, 13), row(3, 14), row(3, 15), row(3, 16)};
    try (GraphTranslator graphs = new GraphTranslator(weights, layout)) {
      graphs.encode(sources, 13);
      graphs.first(column(targets, 0, 1));
      graphs.step(IntStream.range(0, 4).map(row -> targets[row][1]).toArray());

      Map<String, Floats> found =
          graphs.step(IntStream.range(0, 4).map(row -> targets[row][2]).toArray());

      for (int row = 0; row < sources.length; row++) {
        Decoded expected = reference.decode(targets[row], reference.encode(sources[row]));
        for (int layer = 0; layer < 3; layer++) {
          Floats attention = tensor(found, "cross_attentions." + layer);
          assertThat(attention.shape()).containsExactly(4, 3, 1, 13);
          for (int head = 0; head < 3; head++) {
            float[] seen = Arrays.copyOfRange(attention.row(row), head * 13, head * 13 + 13);
            requireClose(
                Arrays.copyOf(seen, sources[row].length),
                new double[][] {expected.attention()[layer][head][2]});
            assertThat(Arrays.copyOfRange(seen, sources[row].length, 13)).containsOnly(0f);
          }
        }
      }
    }
  }

  private static int[] row(int length, long seed) {
    return new Random(seed).ints(length, 4, SHAPE.vocabulary()).toArray();
  }

  private static int[][] column(int[][] rows, int from, int to) {
    return Arrays.stream(rows).map(row -> Arrays.copyOfRange(row, from, to)).toArray(int[][]::new);
  }

  private static Floats tensor(Map<String, Floats> found, String name) {
    return Objects.requireNonNull(found.get(name), name);
  }

  /** Compares the rows that the reference has; padding may follow them. */
  private static void requireClose(float[] actual, double[][] expected) {
    int i = 0;
    for (double[] row : expected) {
      for (double value : row) {
        assertThat((double) actual[i++]).isCloseTo(value, within(TOLERANCE));
      }
    }
  }

  private static void requireSameChoice(float[] actual, double[][] expected) {
    int columns = expected[0].length;
    for (int row = 0; row < expected.length; row++) {
      double[] scores = new double[columns];
      for (int i = 0; i < columns; i++) {
        scores[i] = actual[row * columns + i];
      }
      assertThat(ReferenceTransformer.argmax(scores))
          .isEqualTo(ReferenceTransformer.argmax(expected[row]));
    }
  }
}
