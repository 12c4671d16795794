package io.headwater.trainer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.data.Sentiment;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RobustnessTest {

  @Test
  void changesLettersAndNothingElse() {
    assertThat(all(TextChange.Kind.DROP, "a b, 1!")).isEqualTo(" , 1!");
    assertThat(all(TextChange.Kind.SWAP, "abc de")).isEqualTo("bac ed");
    assertThat(all(TextChange.Kind.NEIGHBOUR, "Q m 5")).isEqualTo("W n 5");
    assertThat(all(TextChange.Kind.UPPER, "aB")).isEqualTo("AB");
    assertThat(all(TextChange.Kind.LOWER, "aB")).isEqualTo("ab");
  }

  @Test
  void theSameSeedGivesTheSameTyposAtTheAskedRate() {
    String text = "abcdefgh".repeat(1_000);
    TextChange drop = new TextChange(TextChange.Kind.DROP, 0.05);

    String once = drop.apply(text, new Random(3));

    assertThat(once).isEqualTo(drop.apply(text, new Random(3)));
    assertThat(once.length() / 8_000.0).isCloseTo(0.95, within(0.01));
    assertThat(drop.name()).isEqualTo("letters dropped, 5 %");
  }

  @Test
  void countsFlippedPredictions() {
    // The scorer finds small letters good and large ones bad.
    Predictions set =
        CalibrationTest.predictions(
            List.of(Sentiment.POSITIVE, Sentiment.NEGATIVE),
            score(List.of("positive", "negative")));

    Robustness upper =
        Robustness.of(
            List.of(set), new TextChange(TextChange.Kind.UPPER, 1), RobustnessTest::score, 1);

    assertThat(upper.before()).isEqualTo(0.5);
    assertThat(upper.after()).isEqualTo(0.5);
    assertThat(upper.flipped()).isEqualTo(1);
  }

  @Test
  void aModelThatSkipsNotTurnsNoPair() {
    List<Negation> deaf = Negation.of(texts -> rows(texts, text -> !text.contains("bad")));
    List<Negation> hears =
        Negation.of(
            texts ->
                rows(
                    texts,
                    text ->
                        text.contains(" not ")
                            != (text.contains("good") || text.contains("great"))));

    assertThat(deaf).extracting(Negation::turned).containsOnly(0.0);
    assertThat(deaf.get(0).plain()).isEqualTo(1);
    assertThat(deaf.get(0).denied()).isZero();
    assertThat(hears).extracting(Negation::turned).containsOnly(1.0);
  }

  private static String all(TextChange.Kind kind, String text) {
    return new TextChange(kind, 1).apply(text, new Random(1));
  }

  private static float[][] score(List<String> texts) {
    return rows(texts, text -> text.equals(text.toLowerCase(Locale.ROOT)));
  }

  private static float[][] rows(List<String> texts, Predicate<String> good) {
    return texts.stream()
        .map(text -> good.test(text) ? new float[] {0, 0, 1} : new float[] {1, 0, 0})
        .toArray(float[][]::new);
  }
}
