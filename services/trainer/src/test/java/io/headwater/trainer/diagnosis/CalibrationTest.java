package io.headwater.trainer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.data.Sentiment;
import io.headwater.trainer.graph.SentimentHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final Sentiment BAD = Sentiment.NEGATIVE;
  private static final Sentiment SO = Sentiment.NEUTRAL;
  private static final Sentiment GOOD = Sentiment.POSITIVE;

  @Test
  void theErrorOfFourRowsIsWhatTheHandComputes() {
    // Bin (0.5, 0.6]: sure 0.6 and 0.6, one right: distance 0.1. Bin (0.8, 0.9]: sure 0.9 and
    // 0.9, both right: distance 0.1. Weighed by half each: 0.1.
    Predictions predictions =
        predictions(
            List.of(GOOD, BAD, SO, BAD),
            new float[][] {
              {0.1f, 0.3f, 0.6f}, {0.3f, 0.1f, 0.6f}, {0.05f, 0.9f, 0.05f}, {0.9f, 0, 0.1f}
            });

    Reliability reliability = Reliability.of(predictions, 10);

    assertThat(reliability.error()).isCloseTo(0.1, within(1e-6));
    assertThat(reliability.bins()).hasSize(10);
    assertThat(reliability.bins().stream().mapToInt(Reliability.Bin::rows).sum()).isEqualTo(4);
  }

  @Test
  void aSetWithoutNeutralIsJudgedOnTheOtherTwo() {
    Predictions predictions =
        predictions(List.of(GOOD, BAD), new float[][] {{0.1f, 0.7f, 0.2f}, {0.3f, 0.6f, 0.1f}});

    assertThat(predictions.accuracy()).isEqualTo(1);
    assertThat(predictions.confidence(0)).isCloseTo(2 / 3.0, within(1e-6));
    assertThat(predictions.confidence(1)).isCloseTo(0.75, within(1e-6));
    assertThat(Reliability.of(predictions).error()).isCloseTo(7 / 24.0, within(1e-6));
  }

  @Test
  void findsTheTemperatureThatLabelsWereDrawnAt() {
    Predictions sure = drawn(2.5, 20_000);

    double fitted = Temperature.fit(List.of(sure));

    assertThat(fitted).isCloseTo(2.5, within(0.1));
    assertThat(sure.at(fitted).logLoss()).isLessThan(sure.logLoss());
    assertThat(Reliability.of(sure.at(fitted)).error())
        .isLessThan(0.02)
        .isLessThan(Reliability.of(sure).error() / 5);
    assertThat(sure.at(fitted).accuracy()).isEqualTo(sure.accuracy());
  }

  @Test
  void aModelThatIsAlwaysRightGetsTheLowestTemperature() {
    Predictions right =
        predictions(List.of(SO, BAD), new float[][] {{0.1f, 0.8f, 0.1f}, {1, 0, 0}});

    assertThat(Temperature.fit(List.of(right))).isEqualTo(0.05);
  }

  @Test
  void countsWhatIsTakenForWhatAndNamesTheLine() {
    Predictions predictions =
        predictions(
            List.of(GOOD, BAD, SO, BAD),
            new float[][] {
              {0.1f, 0.3f, 0.6f}, {0.3f, 0.1f, 0.6f}, {0, 0.2f, 0.8f}, {0.9f, 0, 0.1f}
            });

    ConfusionMatrix matrix = ConfusionMatrix.of(predictions);

    assertThat(matrix.count(0, 2)).isEqualTo(1);
    assertThat(matrix.precision(2)).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(matrix.recall(0)).isEqualTo(0.5);
    assertThat(matrix.macroRecall()).isEqualTo(0.5);
    assertThat(WorstError.of(predictions, 5)).extracting(WorstError::line).containsExactly(3, 2);
    assertThat(WorstError.of(predictions, 1)).hasSize(1);
  }

  @Test
  void rowsAreTakenEvenlyAndKeepTheirLines() {
    LabelledTexts all =
        new LabelledTexts("set", List.of("a", "b", "c", "d"), List.of(BAD, SO, BAD, GOOD));

    Sample sample = Sample.of(all, 2);

    assertThat(sample.lines()).containsExactly(1, 3);
    assertThat(sample.texts().texts()).containsExactly("a", "c");
    assertThat(sample.twoWay()).isFalse();
    assertThatThrownBy(() -> Sample.of(new LabelledTexts("empty", List.of(), List.of()), 2))
        .hasMessageContaining("empty has no rows");
  }

  /** Probabilities at temperature 1, and labels drawn from those at another. */
  private static Predictions drawn(double temperature, int rows) {
    Random random = new Random(7);
    float[][] probabilities = new float[rows][];
    List<Sentiment> labels = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      double[] logits = random.doubles(3, -5, 5).toArray();
      double[] is = SentimentHead.softmax(logits, false);
      probabilities[row] = new float[] {(float) is[0], (float) is[1], (float) is[2]};
      for (int label = 0; label < 3; label++) {
        logits[label] /= temperature;
      }
      double[] should = SentimentHead.softmax(logits, false);
      double point = random.nextDouble();
      labels.add(point < should[0] ? BAD : point < should[0] + should[1] ? SO : GOOD);
    }
    return predictions(labels, probabilities);
  }

  static Predictions predictions(List<Sentiment> labels, float[][] probabilities) {
    List<String> texts = labels.stream().map(Sentiment::label).toList();
    return Predictions.of(
        Sample.of(new LabelledTexts("set", texts, labels), Integer.MAX_VALUE), probabilities);
  }
}
