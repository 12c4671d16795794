package io.headwater.models.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.explain.AttentionLayer;
import io.headwater.models.explain.Explanation;
import io.headwater.models.explain.SentimentExplainer;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.Segment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Explanations of the shipped sentiment package. */
class ExplainedSentimentTest {

  private static final String TEXT = "The waiter was on time, but the food was terrible.";
  private static final int NEGATIVE = 0;

  private static ModelPackage model;
  private static PackageTokenizer tokenizer;
  private static SentimentExplainer explainer;

  @BeforeAll
  static void open() {
    model = ShippedSentiment.open();
    tokenizer = PackageTokenizer.open(model);
    explainer = SentimentExplainer.open(model, EngineOptions.cpu());
  }

  @AfterAll
  static void close() {
    explainer.close();
    tokenizer.close();
  }

  @Test
  void eachRowOfEachMapSumsToOneAndPaddingIsNotLookedAt() {
    int[] first = segment("Terrible.").ids();
    int[] second = segment(TEXT).ids();
    List<AttentionLayer> layers = new ArrayList<>();

    explainer.attention(List.of(first, second), layers::add);

    assertThat(layers).hasSize(12).hasSize(explainer.layers());
    for (AttentionLayer layer : layers) {
      assertThat(layer.heads()).isEqualTo(12);
      assertThat(layer.length()).isEqualTo(second.length);
      for (int head = 0; head < layer.heads(); head++) {
        for (int query = 0; query < first.length; query++) {
          double sum = 0;
          for (int key = 0; key < layer.length(); key++) {
            float weight = layer.weight(0, head, query, key);
            sum += weight;
            if (key >= first.length) {
              assertThat(weight).isZero();
            }
          }
          assertThat(sum).isCloseTo(1, within(1e-4));
        }
      }
    }
  }

  @Test
  void theWordThatDecidesIsTheOneWhoseMaskingMatters() {
    Segment segment = segment(TEXT);

    Explanation explanation = explainer.explain(segment.ids(), special(segment), NEGATIVE);

    assertThat(sum(explanation.rollout())).isCloseTo(1, within(1e-3));
    assertThat(sum(explanation.lastLayer())).isCloseTo(1, within(1e-3));
    int strongest = 0;
    for (int i = 0; i < segment.ids().length; i++) {
      if (explanation.occlusion()[i] > explanation.occlusion()[strongest]) {
        strongest = i;
      }
    }
    assertThat(TEXT.substring(segment.starts()[strongest], segment.ends()[strongest]))
        .isEqualTo("terrible");
    assertThat(explanation.agreement()).isPresent();
  }

  @Test
  void aScoreIsTheSameBitsBesideAnExplainer() {
    int[] ids = segment(TEXT).ids();
    try (SentimentEngine engine = SentimentEngine.open(model, EngineOptions.cpu())) {
      float[] before = engine.probabilities(List.of(ids))[0];

      explainer.explain(ids, special(segment(TEXT)), NEGATIVE);

      assertThat(engine.probabilities(List.of(ids))[0]).isEqualTo(before);
    }
  }

  @Test
  void masksNeighboursOfALongSegmentTogether() {
    Segment segment = segment("good ".repeat(100));

    Explanation explanation = explainer.explain(segment.ids(), special(segment), 2);

    assertThat(explanation.occlusion()).hasSize(segment.ids().length);
    assertThat(explanation.occlusion()[1]).isEqualTo(explanation.occlusion()[2]);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static boolean[] special(Segment segment) {
    boolean[] special = new boolean[segment.ids().length];
    for (int i = 0; i < special.length; i++) {
      special[i] = segment.starts()[i] == Segment.NOWHERE;
    }
    return special;
  }

  private static Segment segment(String text) {
    return tokenizer.segmentCutter(0).cut(tokenizer.encode(text)).get(0);
  }
}
