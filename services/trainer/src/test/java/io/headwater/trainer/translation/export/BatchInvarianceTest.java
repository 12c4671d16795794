package io.headwater.trainer.translation.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import io.headwater.trainer.translation.export.GraphSession.Floats;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a row gives is the same to the last bit whatever rows are beside it. */
class BatchInvarianceTest {

  /** The width, and so the kernels, of the model that is shipped. */
  private static final TransformerShape SHAPE = new TransformerShape(300, 256, 4, 1024, 1, 2, 80);

  private static final int STEPS = 5;

  private final TransformerWeights weights = RandomWeights.of(SHAPE, 1);
  private final Random random = new Random(2);

  @ParameterizedTest
  @EnumSource(DecoderLayout.class)
  void givesARowTheSameBitsInABatchOfAnySize(DecoderLayout layout) throws Exception {
    try (GraphTranslator graphs = new GraphTranslator(weights, layout)) {
      for (int length : new int[] {1, 2, 7, 16, 23, 40}) {
        int[] source = ids(Math.max(1, length - length / 4));
        int[] target = ids(STEPS);
        Map<String, float[]> expected = last(graphs, source, target, 2, length);
        for (int rows = 1; rows <= 9; rows++) {
          requireSame(last(graphs, source, target, rows, length), expected);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DecoderLayout.class)
  void givesARowTheSameBitsAtEveryPaddingByFours(DecoderLayout layout) throws Exception {
    try (GraphTranslator graphs = new GraphTranslator(weights, layout)) {
      for (int real : new int[] {1, 6, 8, 13, 27}) {
        int[] source = ids(real);
        int[] target = ids(STEPS);
        int shortest = (real + 3) / 4 * 4;
        Map<String, float[]> expected = last(graphs, source, target, 2, shortest);
        for (int length = shortest + 4; length <= 64; length += 4) {
          requireSame(last(graphs, source, target, 3, length), expected);
        }
      }
    }
  }

  /** What comes out for a row that is the last of a batch of others, step by step. */
  private Map<String, float[]> last(
      GraphTranslator graphs, int[] source, int[] target, int rows, int length) throws Exception {
    int[][] sources = new int[rows][];
    int[][] targets = new int[rows][];
    for (int row = 0; row < rows - 1; row++) {
      sources[row] = ids(1 + random.nextInt(length));
      targets[row] = ids(STEPS);
    }
    sources[rows - 1] = source;
    targets[rows - 1] = target;
    Map<String, float[]> found = new TreeMap<>();
    float[] states = graphs.encode(sources, length).row(rows - 1);
    found.put("states", Arrays.copyOf(states, source.length * SHAPE.width()));
    found.put("whole", logits(graphs.first(targets), rows - 1));
    int[][] starts = Arrays.stream(targets).map(row -> Arrays.copyOf(row, 1)).toArray(int[][]::new);
    found.put("first", logits(graphs.first(starts), rows - 1));
    for (int i = 1; i < STEPS; i++) {
      int step = i;
      int[] tokens = Arrays.stream(targets).mapToInt(row -> row[step]).toArray();
      found.put("step " + step, logits(graphs.step(tokens), rows - 1));
    }
    return found;
  }

  private static float[] logits(Map<String, Floats> found, int row) {
    return Objects.requireNonNull(found.get("logits"), "logits").row(row);
  }

  private static void requireSame(Map<String, float[]> actual, Map<String, float[]> expected) {
    actual.forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
  }

  private int[] ids(int length) {
    return random.ints(length, 4, SHAPE.vocabulary()).toArray();
  }
}
