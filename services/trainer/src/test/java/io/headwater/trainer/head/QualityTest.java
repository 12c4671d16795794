package io.headwater.trainer.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.data.Sentiment;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class QualityTest {

  private static final Offset<Double> EXACTLY = within(1e-9);
  private static final float[] NEGATIVE = {0.6f, 0.3f, 0.1f};
  private static final float[] NEUTRAL = {0.1f, 0.6f, 0.3f};
  private static final float[] POSITIVE = {0.1f, 0.3f, 0.6f};

  @Test
  void averagesOverLabelsAndNotOverTexts() {
    LabelledTexts texts =
        texts(Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE, Sentiment.POSITIVE);

    Quality quality = Quality.of(texts, new float[][] {NEGATIVE, NEGATIVE, POSITIVE, POSITIVE});

    assertThat(quality.accuracy()).isCloseTo(0.75, EXACTLY);
    assertThat(quality.macroRecall()).isCloseTo(2 / 3.0, EXACTLY);
    assertThat(quality.macroF1()).isCloseTo((2 / 3.0 + 0 + 1) / 3, EXACTLY);
  }

  @Test
  void weighsNegativeAgainstPositiveWhereNobodyCouldAnswerNeutral() {
    LabelledTexts texts = texts(Sentiment.NEGATIVE, Sentiment.POSITIVE);

    Quality quality = Quality.of(texts, new float[][] {NEGATIVE, NEUTRAL});

    assertThat(quality.accuracy()).isCloseTo(1, EXACTLY);
  }

  @Test
  void takesNeutralForAnAnswerWhereItIsOne() {
    LabelledTexts texts = texts(Sentiment.NEUTRAL, Sentiment.POSITIVE);

    Quality quality = Quality.of(texts, new float[][] {NEUTRAL, NEUTRAL});

    assertThat(quality.accuracy()).isCloseTo(0.5, EXACTLY);
  }

  private static LabelledTexts texts(Sentiment... labels) {
    return new LabelledTexts("texts", Collections.nCopies(labels.length, "text"), List.of(labels));
  }
}
