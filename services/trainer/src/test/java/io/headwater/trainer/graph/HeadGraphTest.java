package io.headwater.trainer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.TokenGraph;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadGraphTest {

  private static final List<PooledState> POOLED =
      List.of(PooledState.parse("mean-9"), PooledState.parse("first-11"));

  @TempDir Path folder;

  @Test
  void poolsTheRealTokensAndNotThePadding() throws Exception {
    try (TokenGraph graph = open(HeadGraph.features(POOLED))) {

      float[] flat =
          graph
              .run(List.of(new int[] {4, 6, 6, 8}, new int[] {3}), 7, List.of(HeadGraph.FEATURES))
              .get(0);

      int width = 2 * HeadGraph.WIDTH;
      assertThat(flat).hasSize(2 * width);
      assertThat(flat[4]).isEqualTo(4f / 4);
      assertThat(flat[6]).isEqualTo(12f / 4);
      assertThat(flat[8]).isEqualTo(8f / 4);
      assertThat(flat[HeadGraph.WIDTH + 4]).isEqualTo(4f);
      assertThat(flat[HeadGraph.WIDTH + 6]).isZero();
      assertThat(flat[width + 3]).isEqualTo(3f);
      assertThat(flat[width + 7]).isZero();
    }
  }

  @Test
  void givesTheProbabilitiesOfTheHeadInJava() throws Exception {
    SentimentHead head = randomHead();
    float[][] features = new float[2][];
    List<int[]> rows = List.of(new int[] {4, 6, 8}, new int[] {2, 9});
    try (TokenGraph graph = open(HeadGraph.features(POOLED))) {
      float[] flat = graph.run(rows, 0, List.of(HeadGraph.FEATURES)).get(0);
      features[0] = Arrays.copyOfRange(flat, 0, flat.length / 2);
      features[1] = Arrays.copyOfRange(flat, flat.length / 2, flat.length);
    }

    try (TokenGraph graph = open(HeadGraph.probabilities(head))) {
      float[] flat = graph.run(rows, 0, List.of(HeadGraph.PROBABILITIES)).get(0);

      float[][] expected = head.probabilities(features);
      for (int i = 0; i < 6; i++) {
        assertThat(flat[i]).isCloseTo(expected[i / 3][i % 3], within(1e-5f));
      }
    }
  }

  @Test
  void givesTheSameBitsAloneAndInAnyBatch() throws Exception {
    try (TokenGraph graph = open(HeadGraph.probabilities(randomHead()))) {
      Random random = new Random(7);
      for (int length = 1; length <= 40; length++) {
        int[] row = random.ints(length, 0, FakeEncoder.VOCABULARY).toArray();
        int[] longer = random.ints(length + length % 7, 0, FakeEncoder.VOCABULARY).toArray();

        float[] alone = graph.run(List.of(row), 0, List.of(HeadGraph.PROBABILITIES)).get(0);
        float[] among =
            graph.run(List.of(row, longer, longer), 0, List.of(HeadGraph.PROBABILITIES)).get(0);

        assertThat(Arrays.copyOf(among, 3)).as("length %d", length).isEqualTo(alone);
      }
    }
  }

  private TokenGraph open(ModelProto top) throws Exception {
    Path file = folder.resolve("joined.onnx");
    OnnxFile.write(GraphSplice.attach(FakeEncoder.graph(), top), file);
    return TokenGraph.open(file, EngineOptions.cpu());
  }

  private static SentimentHead randomHead() {
    Random random = new Random(3);
    int hidden = 5;
    return new SentimentHead(
        POOLED,
        floats(random, 2 * HeadGraph.WIDTH * hidden),
        floats(random, hidden),
        floats(random, hidden * SentimentHead.LABELS),
        floats(random, SentimentHead.LABELS));
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() / 3;
    }
    return values;
  }
}
