package io.headwater.trainer.head;

import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.data.Sentiment;
import io.headwater.trainer.graph.SentimentHead;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How good predictions are. On a set that knows no "neutral" the prediction is the larger of
 * P(negative) and P(positive), whatever P(neutral) is.
 *
 * @param accuracy share of right predictions
 * @param macroRecall recall of each label, averaged over the labels of the set
 * @param macroF1 F1 of each label, averaged over the labels of the set
 */
public record Quality(double accuracy, double macroRecall, double macroF1) {

  private static final int LABELS = SentimentHead.LABELS;

  /**
   * Measures predictions against labels.
   *
   * @param probabilities {@code [texts][labels]}
   */
  public static Quality of(LabelledTexts texts, float[][] probabilities) {
    int[] labels = texts.labels().stream().mapToInt(Sentiment::index).toArray();
    return of(labels, texts.twoWay(), probabilities);
  }

  /**
   * Measures predictions against labels.
   *
   * @param labels of each text
   * @param twoWay whether no text could be neutral
   * @param probabilities {@code [texts][labels]}
   */
  public static Quality of(int[] labels, boolean twoWay, float[][] probabilities) {
    int[] there = new int[LABELS];
    int[] given = new int[LABELS];
    int[] right = new int[LABELS];
    for (int i = 0; i < probabilities.length; i++) {
      int label = labels[i];
      int predicted = likeliest(probabilities[i], twoWay);
      there[label]++;
      given[predicted]++;
      right[label] += label == predicted ? 1 : 0;
    }
    double recall = 0;
    double f1 = 0;
    int used = 0;
    for (int label = 0; label < LABELS; label++) {
      if (there[label] > 0) {
        used++;
        recall += right[label] / (double) there[label];
        f1 += 2.0 * right[label] / (there[label] + given[label]);
      }
    }
    double all = Arrays.stream(right).sum();
    return new Quality(all / probabilities.length, recall / used, f1 / used);
  }

  private static int likeliest(float[] probabilities, boolean twoWay) {
    int negative = 0;
    int neutral = 1;
    int positive = 2;
    int best = probabilities[positive] > probabilities[negative] ? positive : negative;
    return !twoWay && probabilities[neutral] > probabilities[best] ? neutral : best;
  }

  /** All three under the names that a model's card has them by: {@code SET.accuracy} and so on. */
  public Map<String, Double> figures(String set) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(set + ".accuracy", accuracy);
    figures.put(set + ".macroRecall", macroRecall);
    figures.put(set + ".macroF1", macroF1);
    return figures;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "accuracy=%.4f macroRecall=%.4f macroF1=%.4f", accuracy, macroRecall, macroF1);
  }
}
