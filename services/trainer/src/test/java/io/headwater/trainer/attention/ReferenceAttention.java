package io.headwater.trainer.attention;

import io.headwater.trainer.tensor.Weights;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Every form of attention once more, slowly: one text, loops over doubles, no blocks. */
final class ReferenceAttention {

  /** How well a query's part fits a key's. */
  private interface Fit {
    double of(int head, double[] query, double[] key);
  }

  /** Which key a query sees. */
  interface Sight {
    boolean sees(int query, int key);
  }

  private record Counts(int heads, int keyHeads) {}

  private final Attention form;
  private final Map<String, double[]> weights;

  ReferenceAttention(Attention form, Map<String, double[]> weights) {
    this.form = form;
    this.weights = weights;
  }

  static Map<String, double[]> doubles(Weights weights) {
    Map<String, double[]> doubles = new HashMap<>();
    weights.all().forEach((name, weight) -> doubles.put(name, doubles(weight.values())));
    return doubles;
  }

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** All rows, {@code [B, Q, d]}. */
  double[] attend(Texts texts, boolean causal) {
    return attend(texts, doubles(texts.queries()), doubles(texts.memory()), causal);
  }

  /** All rows, with numbers of one's own for queries and memory. */
  double[] attend(Texts texts, double[] queries, double[] memory, boolean causal) {
    double[] out = new double[queries.length];
    int width = texts.width();
    for (int row = 0; row < texts.rows(); row++) {
      int start = row * texts.asked();
      Sight sight = (query, key) -> texts.keep()[start + key] == 1 && !(causal && key > query);
      double[][] one =
          attend(
              cut(queries, row * texts.asking(), texts.asking(), width),
              cut(memory, start, texts.asked(), width),
              sight);
      for (int i = 0; i < one.length; i++) {
        System.arraycopy(one[i], 0, out, (row * texts.asking() + i) * width, width);
      }
    }
    return out;
  }

  private double[][] attend(double[][] queries, double[][] memory, Sight sight) {
    if (form instanceof DotProductAttention dot) {
      return dotProduct(dot.name(), dot.heads(), dot.keyHeads(), queries, memory, sight);
    }
    if (form instanceof AdditiveAttention additive) {
      return additive(additive, queries, memory, sight);
    }
    if (form instanceof GeneralAttention general) {
      double[][] q = linear(queries, general.name() + ".score");
      double[][] v = linear(memory, general.name() + ".value");
      Fit fit = scaledProduct(general.width() / general.heads());
      double[][] mixed =
          mixed(new Counts(general.heads(), general.heads()), q, memory, v, fit, sight);
      return linear(mixed, general.name() + ".out");
    }
    if (form instanceof LocalAttention local) {
      Sight near =
          (query, key) ->
              sight.sees(query, key)
                  && (Math.abs(query - key) <= local.window()
                      || query < local.globalTokens()
                      || key < local.globalTokens());
      return dotProduct(local.name(), local.heads(), local.keyHeads(), queries, memory, near);
    }
    return hierarchical((HierarchicalAttention) form, queries, sight);
  }

  private double[][] dotProduct(
      String name, int heads, int keyHeads, double[][] queries, double[][] memory, Sight sight) {
    double[][] q = linear(queries, name + ".query");
    double[][] k = linear(memory, name + ".key");
    double[][] v = linear(memory, name + ".value");
    Fit fit = scaledProduct(q[0].length / heads);
    return linear(mixed(new Counts(heads, keyHeads), q, k, v, fit, sight), name + ".out");
  }

  private static Fit scaledProduct(int size) {
    return (head, query, key) -> {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += query[i] * key[i];
      }
      return sum / Math.sqrt(size);
    };
  }

  private double[][] additive(
      AdditiveAttention additive, double[][] queries, double[][] memory, Sight sight) {
    int size = additive.width() / additive.heads();
    double[] score = weight(additive.name() + ".score");
    double[][] q = linear(queries, additive.name() + ".query");
    double[][] k = linear(memory, additive.name() + ".key");
    double[][] v = linear(memory, additive.name() + ".value");
    Fit fit =
        (head, query, key) -> {
          double sum = 0;
          for (int i = 0; i < size; i++) {
            sum += score[head * size + i] * Math.tanh(query[i] + key[i]);
          }
          return sum;
        };
    return linear(
        mixed(new Counts(additive.heads(), additive.keyHeads()), q, k, v, fit, sight),
        additive.name() + ".out");
  }

  private double[][] hierarchical(HierarchicalAttention levels, double[][] x, Sight sight) {
    int segment = levels.segment();
    String name = levels.name();
    Sight within = (query, key) -> query / segment == key / segment && sight.sees(query, key);
    double[][] tokens =
        dotProduct(name + ".tokens", levels.heads(), levels.keyHeads(), x, x, within);
    int segments = (x.length + segment - 1) / segment;
    double[][] hidden = linear(tokens, name + ".pool");
    double[] context = weight(name + ".context");
    double[][] pooled = new double[segments][];
    boolean[] full = new boolean[segments];
    for (int s = 0; s < segments; s++) {
      int at = s;
      Fit fit =
          (head, query, key) -> {
            double sum = 0;
            for (int i = 0; i < key.length; i++) {
              sum += context[i] * Math.tanh(key[i]);
            }
            return sum;
          };
      Sight inside = (query, key) -> key / segment == at && sight.sees(key, key);
      pooled[s] =
          mixed(new Counts(1, 1), new double[1][levels.width()], hidden, tokens, fit, inside)[0];
      for (int key = 0; key < x.length; key++) {
        full[s] |= inside.sees(0, key);
      }
    }
    double[][] among =
        dotProduct(
            name + ".segments",
            levels.heads(),
            levels.keyHeads(),
            pooled,
            pooled,
            (query, key) -> full[key]);
    for (int i = 0; i < tokens.length; i++) {
      for (int j = 0; j < tokens[i].length; j++) {
        tokens[i][j] += among[i / segment][j];
      }
    }
    return tokens;
  }

  private static double[][] mixed(
      Counts counts, double[][] q, double[][] k, double[][] v, Fit fit, Sight sight) {
    int size = q[0].length / counts.heads();
    double[][] out = new double[q.length][q[0].length];
    for (int query = 0; query < q.length; query++) {
      for (int head = 0; head < counts.heads(); head++) {
        int keyHead = head / (counts.heads() / counts.keyHeads());
        double[] scores = new double[k.length];
        double top = Double.NEGATIVE_INFINITY;
        for (int key = 0; key < k.length; key++) {
          if (sight.sees(query, key)) {
            scores[key] = fit.of(head, part(q[query], head, size), part(k[key], keyHead, size));
            top = Math.max(top, scores[key]);
          }
        }
        double sum = 0;
        for (int key = 0; key < k.length; key++) {
          if (sight.sees(query, key)) {
            sum += Math.exp(scores[key] - top);
          }
        }
        for (int key = 0; key < k.length; key++) {
          for (int i = 0; i < size && sight.sees(query, key); i++) {
            out[query][head * size + i] +=
                Math.exp(scores[key] - top) / sum * v[key][keyHead * size + i];
          }
        }
      }
    }
    return out;
  }

  private static double[] part(double[] row, int head, int size) {
    double[] part = new double[size];
    System.arraycopy(row, head * size, part, 0, size);
    return part;
  }

  /** A layer with or without a bias; its matrix has the layer's name or ends in ".weight". */
  private double[][] linear(double[][] x, String name) {
    double[] matrix = weights.containsKey(name) ? weight(name) : weight(name + ".weight");
    int in = x[0].length;
    int width = matrix.length / in;
    double[] bias = weights.getOrDefault(name + ".bias", new double[width]);
    double[][] out = new double[x.length][width];
    for (int row = 0; row < x.length; row++) {
      for (int j = 0; j < width; j++) {
        out[row][j] = bias[j];
        for (int i = 0; i < in; i++) {
          out[row][j] += x[row][i] * matrix[i * width + j];
        }
      }
    }
    return out;
  }

  private double[] weight(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  private static double[][] cut(double[] x, int from, int length, int width) {
    double[][] rows = new double[length][width];
    for (int i = 0; i < length; i++) {
      System.arraycopy(x, (from + i) * width, rows[i], 0, width);
    }
    return rows;
  }
}
