package io.headwater.trainer.diagnosis;

import io.headwater.trainer.data.Sentiment;
import java.util.List;

/** What a model takes for what. Immutable. */
public final class ConfusionMatrix {
  private final int[][] counts = new int[labels().size()][labels().size()];

  /** Counts predictions. */
  public static ConfusionMatrix of(Predictions predictions) {
    ConfusionMatrix matrix = new ConfusionMatrix();
    for (int row = 0; row < predictions.size(); row++) {
      matrix.counts[predictions.label(row)][predictions.predicted(row)]++;
    }
    return matrix;
  }

  private ConfusionMatrix() {}

  /** The labels, in order. */
  public static List<String> labels() {
    return Sentiment.labels();
  }

  /** Texts of one label that were taken for another, or for what they are. */
  public int count(int label, int predicted) {
    return counts[label][predicted];
  }

  /** Texts of a label. */
  public int support(int label) {
    int sum = 0;
    for (int count : counts[label]) {
      sum += count;
    }
    return sum;
  }

  /** Share of a label's texts that were found; 0 where there are none. */
  public double recall(int label) {
    return counts[label][label] / (double) Math.max(1, support(label));
  }

  /** Share of what was taken for a label that is it; 0 where nothing was. */
  public double precision(int label) {
    int given = 0;
    for (int[] row : counts) {
      given += row[label];
    }
    return counts[label][label] / (double) Math.max(1, given);
  }

  /** Recall, averaged over the labels that the set has. */
  public double macroRecall() {
    double sum = 0;
    int used = 0;
    for (int label = 0; label < counts.length; label++) {
      used += support(label) > 0 ? 1 : 0;
      sum += recall(label);
    }
    return sum / Math.max(1, used);
  }
}
