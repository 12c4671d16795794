package io.headwater.cli.offline;

import java.util.List;

/**
 * Counts of gold against predicted labels, and the figures that follow from them. Macro figures are
 * means over the gold labels that occur.
 */
final class LabelTable {
  private final List<String> labels;
  private final long[][] counts;

  LabelTable(List<String> labels) {
    this.labels = List.copyOf(labels);
    this.counts = new long[labels.size()][labels.size()];
  }

  void add(String gold, String predicted) {
    counts[labels.indexOf(gold)][labels.indexOf(predicted)]++;
  }

  List<String> labels() {
    return labels;
  }

  long count(int gold, int predicted) {
    return counts[gold][predicted];
  }

  long total() {
    long total = 0;
    for (int gold = 0; gold < counts.length; gold++) {
      total += support(gold);
    }
    return total;
  }

  long support(int gold) {
    long sum = 0;
    for (long count : counts[gold]) {
      sum += count;
    }
    return sum;
  }

  double accuracy() {
    long right = 0;
    for (int label = 0; label < counts.length; label++) {
      right += counts[label][label];
    }
    return share(right, total());
  }

  double precision(int label) {
    long predicted = 0;
    for (long[] row : counts) {
      predicted += row[label];
    }
    return share(counts[label][label], predicted);
  }

  double recall(int label) {
    return share(counts[label][label], support(label));
  }

  double f1(int label) {
    double sum = precision(label) + recall(label);
    return sum == 0 ? 0 : 2 * precision(label) * recall(label) / sum;
  }

  double macroF1() {
    double sum = 0;
    int present = 0;
    for (int label = 0; label < counts.length; label++) {
      if (support(label) > 0) {
        sum += f1(label);
        present++;
      }
    }
    return present == 0 ? 0 : sum / present;
  }

  double macroRecall() {
    double sum = 0;
    int present = 0;
    for (int label = 0; label < counts.length; label++) {
      if (support(label) > 0) {
        sum += recall(label);
        present++;
      }
    }
    return present == 0 ? 0 : sum / present;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
