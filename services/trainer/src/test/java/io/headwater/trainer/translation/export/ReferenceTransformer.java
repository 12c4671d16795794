package io.headwater.trainer.translation.export;

import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import java.util.Arrays;

/**
 * The transformer as its definition reads: one sequence at a time, no cache, no fused matrices,
 * double precision. Slow, and the measure of what the graphs do.
 */
final class ReferenceTransformer {

  private final TransformerShape shape;
  private final TransformerWeights weights;

  ReferenceTransformer(TransformerWeights weights) {
    this.shape = weights.shape();
    this.weights = weights;
  }

  /**
   * What the decoder gives.
   *
   * @param logits {@code [target][vocabulary]}
   * @param attention {@code [layer][head][target][source]}
   */
  record Decoded(double[][] logits, double[][][][] attention) {}

  /** The encoder's output, {@code [source][width]}. */
  double[][] encode(int[] ids) {
    double[][] x = embed(ids);
    for (int i = 0; i < shape.encoderLayers(); i++) {
      String layer = "encoder." + i;
      double[][] y = norm(layer + ".self.norm", x);
      x = plus(x, selfAttention(layer + ".self", y, false));
      x = plus(x, feedForward(layer, x));
    }
    return norm("encoder.norm", x);
  }

  /** Logits after each target token. */
  Decoded decode(int[] ids, double[][] source) {
    double[][] x = embed(ids);
    double[][][][] attention = new double[shape.decoderLayers()][][][];
    for (int i = 0; i < shape.decoderLayers(); i++) {
      String layer = "decoder." + i;
      x = plus(x, selfAttention(layer + ".self", norm(layer + ".self.norm", x), true));
      String cross = layer + ".cross";
      double[][] queries = linear(cross + ".q", norm(cross + ".norm", x));
      double[][] both = linear(cross + ".kv", source);
      attention[i] = new double[shape.heads()][][];
      double[][] context = attend(queries, columns(both, 0), columns(both, 1), false, attention[i]);
      x = plus(x, linear(cross + ".out", context));
      x = plus(x, feedForward(layer, x));
    }
    return new Decoded(logits(norm("decoder.norm", x)), attention);
  }

  /**
   * A greedy translation.
   *
   * @param tokenIds without start and end
   * @param logProbability of these tokens and the end
   * @param ended whether it came to an end
   */
  record Greedy(int[] tokenIds, double logProbability, boolean ended) {}

  /** Takes the best token, again and again; {@code longest} counts start and end. */
  Greedy greedy(int[] ids, int longest) {
    double[][] source = encode(ids);
    int[] target = {TransformerShape.START};
    double sum = 0;
    while (target.length < longest) {
      double[] scores = decode(target, source).logits()[target.length - 1];
      int next = argmax(scores);
      softmax(scores);
      sum += Math.log(scores[next]);
      if (next == TransformerShape.END) {
        return new Greedy(Arrays.copyOfRange(target, 1, target.length), sum, true);
      }
      target = Arrays.copyOf(target, target.length + 1);
      target[target.length - 1] = next;
    }
    return new Greedy(Arrays.copyOfRange(target, 1, target.length), sum, false);
  }

  static int argmax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  private double[][] embed(int[] ids) {
    int width = shape.width();
    float[] table = weights.tensor("embedding");
    double[][] x = new double[ids.length][width];
    for (int p = 0; p < ids.length; p++) {
      for (int j = 0; j < width / 2; j++) {
        double angle = p / Math.pow(10_000, j / (width / 2.0));
        x[p][j] = table[ids[p] * width + j] * Math.sqrt(width) + Math.sin(angle);
        int k = width / 2 + j;
        x[p][k] = table[ids[p] * width + k] * Math.sqrt(width) + Math.cos(angle);
      }
    }
    return x;
  }

  private double[][] selfAttention(String name, double[][] x, boolean causal) {
    double[][] all = linear(name + ".qkv", x);
    double[][][] attention = new double[shape.heads()][][];
    return linear(
        name + ".out",
        attend(columns(all, 0), columns(all, 1), columns(all, 2), causal, attention));
  }

  private double[][] attend(
      double[][] q, double[][] k, double[][] v, boolean causal, double[][][] attention) {
    double[][] context = new double[q.length][shape.width()];
    for (int head = 0; head < shape.heads(); head++) {
      int from = head * shape.headWidth();
      attention[head] = new double[q.length][];
      for (int t = 0; t < q.length; t++) {
        double[] scores = new double[k.length];
        for (int s = 0; s < k.length; s++) {
          for (int j = from; j < from + shape.headWidth(); j++) {
            scores[s] += q[t][j] * k[s][j] / Math.sqrt(shape.headWidth());
          }
          if (causal && s > t) {
            scores[s] = Double.NEGATIVE_INFINITY;
          }
        }
        softmax(scores);
        attention[head][t] = scores;
        for (int s = 0; s < k.length; s++) {
          for (int j = from; j < from + shape.headWidth(); j++) {
            context[t][j] += scores[s] * v[s][j];
          }
        }
      }
    }
    return context;
  }

  private static void softmax(double[] scores) {
    double most = Arrays.stream(scores).max().orElseThrow();
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - most);
      sum += scores[i];
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
    }
  }

  private double[][] feedForward(String layer, double[][] x) {
    double[][] inner = linear(layer + ".ffn.in", norm(layer + ".ffn.norm", x));
    for (double[] row : inner) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.max(0, row[j]);
      }
    }
    return linear(layer + ".ffn.out", inner);
  }

  private double[][] norm(String name, double[][] x) {
    float[] gain = weights.tensor(name + ".gain");
    float[] bias = weights.tensor(name + ".bias");
    double[][] y = new double[x.length][gain.length];
    for (int t = 0; t < x.length; t++) {
      double mean = Arrays.stream(x[t]).average().orElseThrow();
      double variance = Arrays.stream(x[t]).map(a -> (a - mean) * (a - mean)).average().orElse(0);
      for (int j = 0; j < gain.length; j++) {
        y[t][j] = (x[t][j] - mean) / Math.sqrt(variance + 1e-5) * gain[j] + bias[j];
      }
    }
    return y;
  }

  private double[][] linear(String name, double[][] x) {
    float[] matrix = weights.tensor(name + ".weight");
    float[] bias = weights.tensor(name + ".bias");
    double[][] y = new double[x.length][bias.length];
    for (int t = 0; t < x.length; t++) {
      for (int j = 0; j < bias.length; j++) {
        y[t][j] = bias[j];
        for (int i = 0; i < x[t].length; i++) {
          y[t][j] += x[t][i] * matrix[i * bias.length + j];
        }
      }
    }
    return y;
  }

  private double[][] logits(double[][] x) {
    float[] table = weights.tensor("embedding");
    double[][] logits = new double[x.length][shape.vocabulary()];
    for (int t = 0; t < x.length; t++) {
      for (int id = 0; id < shape.vocabulary(); id++) {
        for (int j = 0; j < shape.width(); j++) {
          logits[t][id] += x[t][j] * table[id * shape.width() + j];
        }
      }
    }
    return logits;
  }

  private double[][] columns(double[][] x, int part) {
    int width = shape.width();
    return Arrays.stream(x)
        .map(row -> Arrays.copyOfRange(row, part * width, (part + 1) * width))
        .toArray(double[][]::new);
  }

  private static double[][] plus(double[][] x, double[][] y) {
    double[][] sum = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      sum[t] = x[t].clone();
      for (int j = 0; j < sum[t].length; j++) {
        sum[t][j] += y[t][j];
      }
    }
    return sum;
  }
}
