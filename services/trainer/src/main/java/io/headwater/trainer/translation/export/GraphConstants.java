package io.headwater.trainer.translation.export;

import io.headwater.trainer.graph.GraphWriter;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import java.util.HashSet;
import java.util.Set;

/**
 * The constants of one graph: a transformer's weights and what else its operators need. Each is
 * added when it is first asked for, and once only, so that the branches of a graph share it.
 */
final class GraphConstants {

  private final GraphWriter graph;
  private final TransformerWeights weights;
  private final Set<String> added = new HashSet<>();

  GraphConstants(GraphWriter graph, TransformerWeights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  TransformerShape shape() {
    return weights.shape();
  }

  /** A weight by its name. Queries come scaled, so that no operator has to scale their scores. */
  String weight(String name) {
    if (added.add(name)) {
      int[] size = sizeOf(name);
      float[] values = weights.tensor(name);
      if (holdsQueries(name)) {
        values = scaledQueries(values, size[size.length - 1], shape(), queryScale(shape()));
      }
      long[] dimensions = new long[size.length];
      for (int i = 0; i < size.length; i++) {
        dimensions[i] = size[i];
      }
      graph.floats(name, values, dimensions);
    }
    return name;
  }

  /** A single float, without dimensions. */
  String number(String name, float value) {
    if (added.add(name)) {
      graph.floats(name, new float[] {value});
    }
    return name;
  }

  /** Whole numbers in a row. */
  String longs(String name, long... values) {
    if (added.add(name)) {
      graph.longs(name, values, values.length);
    }
    return name;
  }

  /** A single whole number, without dimensions. */
  String wholeNumber(String name, long value) {
    if (added.add(name)) {
      graph.longs(name, new long[] {value});
    }
    return name;
  }

  /** The sinusoids of all positions, {@code [positions, width]}. */
  String positions() {
    String name = "positions";
    if (added.add(name)) {
      int half = shape().width() / 2;
      float[] table = new float[shape().maxPositions() * shape().width()];
      for (int position = 0; position < shape().maxPositions(); position++) {
        for (int i = 0; i < half; i++) {
          double angle = position / Math.pow(10_000, (double) i / half);
          table[position * 2 * half + i] = (float) Math.sin(angle);
          table[position * 2 * half + half + i] = (float) Math.cos(angle);
        }
      }
      graph.floats(name, table, shape().maxPositions(), shape().width());
    }
    return name;
  }

  private int[] sizeOf(String name) {
    int[] size = shape().tensors().get(name);
    if (size == null) {
      throw new IllegalArgumentException("the transformer has no tensor called " + name);
    }
    return size;
  }

  /** A weight as it was before {@link #weight} scaled its queries. */
  static float[] withoutScale(String name, float[] values, int columns, TransformerShape shape) {
    return holdsQueries(name)
        ? scaledQueries(values, columns, shape, 1 / queryScale(shape))
        : values;
  }

  private static boolean holdsQueries(String name) {
    return name.contains(".self.qkv.") || name.contains(".cross.q.");
  }

  private static float queryScale(TransformerShape shape) {
    return (float) (1 / Math.sqrt(shape.headWidth()));
  }

  private static float[] scaledQueries(
      float[] values, int columns, TransformerShape shape, float scale) {
    float[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      if (i % columns < shape.width()) {
        scaled[i] *= scale;
      }
    }
    return scaled;
  }
}
