package io.headwater.trainer.data;

import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.TokenGraph;
import io.headwater.trainer.graph.GraphSplice;
import io.headwater.trainer.graph.HeadGraph;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.graph.PooledState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs an encoder over texts and pools what it sees, with the very operators that the finished
 * model will use. Owned by one thread.
 */
public final class FeatureExtractor implements AutoCloseable {

  private final TokenGraph graph;
  private final int width;

  private FeatureExtractor(TokenGraph graph, int width) {
    this.graph = graph;
    this.width = width;
  }

  /**
   * Loads an encoder and puts the pooling on top of it.
   *
   * @param encoder the encoder's graph
   * @param work a folder for the joined graph
   * @throws IOException if a file cannot be read or written
   */
  public static FeatureExtractor open(Path encoder, List<PooledState> pooled, Path work)
      throws IOException {
    Path joined = work.resolve("features.onnx");
    OnnxFile.write(GraphSplice.attach(OnnxFile.read(encoder), HeadGraph.features(pooled)), joined);
    try {
      TokenGraph graph = TokenGraph.open(joined, EngineOptions.cpu());
      return new FeatureExtractor(graph, pooled.size() * HeadGraph.WIDTH);
    } finally {
      Files.delete(joined);
    }
  }

  /** The features of each text, in order, from its token ids with special tokens. */
  public float[][] extract(List<int[]> ids) {
    float[][] rows = new float[ids.size()][];
    for (List<Integer> batch : LengthBatches.of(ids)) {
      run(batch, ids, rows);
    }
    return rows;
  }

  private void run(List<Integer> batch, List<int[]> ids, float[][] rows) {
    List<int[]> inputs = batch.stream().map(ids::get).toList();
    float[] flat = graph.run(inputs, 0, List.of(HeadGraph.FEATURES)).get(0);
    for (int i = 0; i < batch.size(); i++) {
      rows[batch.get(i)] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
