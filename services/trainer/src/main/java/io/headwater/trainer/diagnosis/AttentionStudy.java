package io.headwater.trainer.diagnosis;

import io.headwater.models.explain.AttentionLayer;
import io.headwater.models.explain.SentimentExplainer;
import java.util.ArrayList;
import java.util.List;

/** Adds up what attention heads do over many texts. One thread's. */
public final class AttentionStudy {
  private static final int FEWEST_TOKENS = 3;
  private static final int ROWS = 8;
  private static final int ENTROPY = 0;
  private static final int FIRST = 1;
  private static final int LAST = 2;
  private static final int STRONGEST = 3;

  /** For each layer {@code [heads][4]}, sums over texts. */
  private final List<double[][]> sums = new ArrayList<>();

  private int texts;

  /** Studies segments; those of fewer than three tokens are left out. */
  public void read(SentimentExplainer explainer, List<int[]> segments) {
    List<int[]> fit = segments.stream().filter(ids -> ids.length >= FEWEST_TOKENS).toList();
    for (int from = 0; from < fit.size(); from += ROWS) {
      List<int[]> rows = fit.subList(from, Math.min(fit.size(), from + ROWS));
      List<Integer> lengths = rows.stream().map(ids -> ids.length).toList();
      int[] layer = {0};
      explainer.attention(rows, weights -> add(layer[0]++, weights, lengths));
      texts += rows.size();
    }
  }

  /**
   * Adds one layer of a batch.
   *
   * @param lengths real tokens of each row; what is padded behind them is not looked at
   */
  void add(int layer, AttentionLayer weights, List<Integer> lengths) {
    if (layer == sums.size()) {
      sums.add(new double[weights.heads()][STRONGEST + 1]);
    }
    for (int row = 0; row < lengths.size(); row++) {
      for (int head = 0; head < weights.heads(); head++) {
        addHead(sums.get(layer)[head], weights, row, head, lengths.get(row));
      }
    }
  }

  private static void addHead(double[] sum, AttentionLayer weights, int row, int head, int length) {
    double[] columns = new double[length];
    double entropy = 0;
    for (int query = 0; query < length; query++) {
      for (int key = 0; key < length; key++) {
        double weight = weights.weight(row, head, query, key);
        columns[key] += weight / length;
        entropy -= weight > 0 ? weight * Math.log(weight) : 0;
      }
    }
    double strongest = 0;
    for (double column : columns) {
      strongest = Math.max(strongest, column);
    }
    sum[ENTROPY] += entropy / length / Math.log(length);
    sum[FIRST] += columns[0];
    sum[LAST] += columns[length - 1];
    sum[STRONGEST] += strongest;
  }

  /** How many texts were studied. */
  public int texts() {
    return texts;
  }

  /** The means, layer by layer, head by head. */
  public List<HeadStudy> heads() {
    return heads(texts);
  }

  List<HeadStudy> heads(int count) {
    List<HeadStudy> heads = new ArrayList<>();
    for (int layer = 0; layer < sums.size(); layer++) {
      for (int head = 0; head < sums.get(layer).length; head++) {
        double[] sum = sums.get(layer)[head];
        heads.add(
            new HeadStudy(
                layer,
                head,
                sum[ENTROPY] / count,
                sum[FIRST] / count,
                sum[LAST] / count,
                sum[STRONGEST] / count));
      }
    }
    return heads;
  }
}
