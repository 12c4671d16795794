package io.headwater.models.translation;

import java.util.ArrayList;
import java.util.List;

/**
 * Computes a {@link TinyTransformer} in plain Java and in double precision, each time from the
 * first token on: no caches, no batches, no runtime.
 */
final class TransformerByHand {

  private final TinyTransformer model;
  private final double[][] encoded;

  TransformerByHand(TinyTransformer model, int[] source) {
    this.model = model;
    this.encoded = encode(source);
  }

  /** The log-probability of each token after some that were written. */
  double[] logProbabilities(int[] written) {
    double[][] x = embed(written);
    for (int layer = 0; layer < model.layers(); layer++) {
      double[][] y = norm(x);
      x = add(x, attend("decoder." + layer, y, y, true));
      x = add(x, attend("cross." + layer, norm(x), encoded, false));
      x = add(x, feedForward("decoder." + layer, norm(x)));
    }
    double[] last = norm(x)[written.length - 1];
    float[] embedding = model.weights("embedding");
    double[] scores = new double[model.vocabulary()];
    double sum = 0;
    for (int id = 0; id < scores.length; id++) {
      for (int i = 0; i < model.width(); i++) {
        scores[id] += last[i] * embedding[id * model.width() + i];
      }
      scores[id] += model.weights("bonus")[id];
      sum += Math.exp(scores[id]);
    }
    for (int id = 0; id < scores.length; id++) {
      scores[id] -= Math.log(sum);
    }
    return scores;
  }

  /** How much the newest of some tokens looks at the source, in the last layer, over its heads. */
  double[] attention(int[] written) {
    double[][] x = embed(written);
    double[] mean = new double[encoded.length];
    for (int layer = 0; layer < model.layers(); layer++) {
      double[][] y = norm(x);
      x = add(x, attend("decoder." + layer, y, y, true));
      double[][] asking = {norm(x)[written.length - 1]};
      for (int head = 0; head < model.heads() && layer == model.layers() - 1; head++) {
        double[] looks = looks("cross." + layer, head, asking, encoded);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += looks[i] / model.heads();
        }
      }
      x = add(x, attend("cross." + layer, norm(x), encoded, false));
      x = add(x, feedForward("decoder." + layer, norm(x)));
    }
    return mean;
  }

  private double[] looks(String part, int head, double[][] asking, double[][] seen) {
    double[] q = linear(part + ".q", asking)[0];
    double[][] k = linear(part + ".k", seen);
    double[] looks = new double[seen.length];
    double sum = 0;
    for (int other = 0; other < seen.length; other++) {
      double score = 0;
      for (int i = head * model.headSize(); i < (head + 1) * model.headSize(); i++) {
        score += q[i] * k[other][i];
      }
      looks[other] = Math.exp(score / Math.sqrt(model.headSize()));
      sum += looks[other];
    }
    for (int other = 0; other < seen.length; other++) {
      looks[other] /= sum;
    }
    return looks;
  }

  private double[][] encode(int[] source) {
    double[][] x = embed(source);
    for (int layer = 0; layer < model.layers(); layer++) {
      double[][] y = norm(x);
      x = add(x, attend("encoder." + layer, y, y, false));
      x = add(x, feedForward("encoder." + layer, norm(x)));
    }
    return norm(x);
  }

  private double[][] embed(int[] ids) {
    double[][] x = new double[ids.length][model.width()];
    for (int place = 0; place < ids.length; place++) {
      for (int i = 0; i < model.width(); i++) {
        x[place][i] =
            model.weights("embedding")[ids[place] * model.width() + i]
                + model.weights("positions")[place * model.width() + i];
      }
    }
    return x;
  }

  private double[][] attend(String part, double[][] asking, double[][] seen, boolean causal) {
    double[][] q = linear(part + ".q", asking);
    double[][] k = linear(part + ".k", seen);
    double[][] v = linear(part + ".v", seen);
    int size = model.headSize();
    double[][] mixed = new double[asking.length][model.width()];
    for (int head = 0; head < model.heads(); head++) {
      for (int at = 0; at < asking.length; at++) {
        int end = causal ? at + 1 : seen.length;
        double[] weights = new double[end];
        double sum = 0;
        for (int other = 0; other < end; other++) {
          double score = 0;
          for (int i = head * size; i < (head + 1) * size; i++) {
            score += q[at][i] * k[other][i];
          }
          weights[other] = Math.exp(score / Math.sqrt(size));
          sum += weights[other];
        }
        for (int other = 0; other < end; other++) {
          for (int i = head * size; i < (head + 1) * size; i++) {
            mixed[at][i] += weights[other] / sum * v[other][i];
          }
        }
      }
    }
    return linear(part + ".out", mixed);
  }

  private double[][] feedForward(String part, double[][] x) {
    double[][] inner = linear(part + ".in", x);
    for (double[] row : inner) {
      for (int i = 0; i < row.length; i++) {
        row[i] = Math.max(0, row[i]);
      }
    }
    return linear(part + ".shrink", inner);
  }

  private double[][] linear(String name, double[][] x) {
    float[] matrix = model.weights(name);
    float[] bias = model.weights(name + ".bias");
    double[][] y = new double[x.length][bias.length];
    for (int row = 0; row < x.length; row++) {
      for (int out = 0; out < bias.length; out++) {
        y[row][out] = bias[out];
        for (int in = 0; in < x[row].length; in++) {
          y[row][out] += x[row][in] * matrix[in * bias.length + out];
        }
      }
    }
    return y;
  }

  private static double[][] norm(double[][] x) {
    double[][] y = new double[x.length][];
    for (int row = 0; row < x.length; row++) {
      double mean = 0;
      double square = 0;
      for (double value : x[row]) {
        mean += value / x[row].length;
      }
      for (double value : x[row]) {
        square += (value - mean) * (value - mean) / x[row].length;
      }
      y[row] = new double[x[row].length];
      for (int i = 0; i < x[row].length; i++) {
        y[row][i] = (x[row][i] - mean) / Math.sqrt(square + 1e-5);
      }
    }
    return y;
  }

  private static double[][] add(double[][] x, double[][] y) {
    List<double[]> sum = new ArrayList<>();
    for (int row = 0; row < x.length; row++) {
      double[] values = x[row].clone();
      for (int i = 0; i < values.length; i++) {
        values[i] += y[row][i];
      }
      sum.add(values);
    }
    return sum.toArray(double[][]::new);
  }
}
