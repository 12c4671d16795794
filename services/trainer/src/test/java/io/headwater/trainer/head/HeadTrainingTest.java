package io.headwater.trainer.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.trainer.data.Features;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.data.Sentiment;
import io.headwater.trainer.graph.HeadGraph;
import io.headwater.trainer.graph.PooledState;
import io.headwater.trainer.graph.SentimentHead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeadTrainingTest {

  private static final List<PooledState> POOLED = List.of(PooledState.parse("mean-11"));
  private static final HeadSettings SETTINGS = new HeadSettings(8, 12, 0.02, 0.01, 0.1, 0.1, 5);

  @Test
  void learnsWhatTheFeaturesTell() {
    Features texts = features("three", 600, Sentiment.values());

    SentimentHead head = new HeadTraining(POOLED, List.of(texts), SETTINGS).run((it, epoch) -> {});

    Features fresh = features("fresh", 300, Sentiment.values());
    Quality quality = Quality.of(fresh.texts(), head.probabilities(fresh.rows()));
    assertThat(quality.accuracy()).isGreaterThan(0.95);
  }

  @Test
  void keepsNeutralAliveWhenMostTextsCouldNotBeNeutral() {
    Features three = features("three", 300, Sentiment.values());
    Features two = features("two", 1500, Sentiment.NEGATIVE, Sentiment.POSITIVE);

    SentimentHead head =
        new HeadTraining(POOLED, List.of(three, two), SETTINGS).run((it, epoch) -> {});

    Features fresh = features("fresh", 300, Sentiment.values());
    Quality quality = Quality.of(fresh.texts(), head.probabilities(fresh.rows()));
    assertThat(quality.macroRecall()).isGreaterThan(0.9);
  }

  @Test
  void findsTheSameWeightsAgain() {
    Features texts = features("three", 300, Sentiment.values());

    SentimentHead first = new HeadTraining(POOLED, List.of(texts), SETTINGS).run((it, e) -> {});
    SentimentHead second = new HeadTraining(POOLED, List.of(texts), SETTINGS).run((it, e) -> {});

    assertThat(second.hiddenWeights()).isEqualTo(first.hiddenWeights());
    assertThat(second.labelBias()).isEqualTo(first.labelBias());
  }

  @Test
  void reportsAfterEachEpoch() {
    List<Integer> epochs = new ArrayList<>();

    new HeadTraining(POOLED, List.of(features("three", 30, Sentiment.values())), SETTINGS)
        .run((head, epoch) -> epochs.add(epoch));

    assertThat(epochs).hasSize(12).startsWith(1).endsWith(12);
  }

  /** The label stands in the first three columns, under noise; others are noise, or always ten. */
  private static Features features(String name, int count, Sentiment... labels) {
    Random random = new Random(name.hashCode());
    float[][] rows = new float[count][HeadGraph.WIDTH];
    List<Sentiment> chosen = new ArrayList<>();
    for (float[] row : rows) {
      Sentiment label = labels[random.nextInt(labels.length)];
      chosen.add(label);
      for (int i = 0; i < row.length; i++) {
        row[i] = 10 + (i < 20 ? (float) random.nextGaussian() : 0);
      }
      row[label.index()] += 6;
    }
    return new Features(new LabelledTexts(name, Collections.nCopies(count, "text"), chosen), rows);
  }
}
