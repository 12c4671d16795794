package io.headwater.trainer.translation.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChrfTest {

  private static final Offset<Double> EXACTLY = within(1e-6);

  @ParameterizedTest
  @CsvSource({
    "a, a, 100",
    "a b c, abc, 100",
    "aa, ab, 25",
    "a, b, 0",
    "'', reference, 0",
    "this is a fest, this is a test, 60.627705628",
    "Tom isn't here., Tom is not here., 62.968790469",
    "test this, this test, 48.730158730",
    "'Niemand hat die Absicht, eine Mauer zu errichten',"
        + "'Niemand hat die Absicht, eine Mauer zu errichten', 100",
  })
  void givesSacreBleusScoreOfASegment(String hypothesis, String reference, double expected) {
    assertThat(Chrf.of(List.of(hypothesis), List.of(reference)).score())
        .isCloseTo(expected, EXACTLY);
  }

  @Test
  void givesSacreBleusScoreOfACorpus() {
    Chrf chrf = Chrf.of(Corpus.HYPOTHESES, Corpus.REFERENCES);

    assertThat(chrf.score()).isCloseTo(60.841801320, EXACTLY);
    assertThat(chrf).hasToString("chrF2 = 60.84");
    assertThat(chrf.signature()).isEqualTo("nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no");
  }

  @Test
  void takesTheBestOfSeveralReferences() {
    assertThat(Chrf.ofSeveral(Corpus.DOGS, Corpus.DOG_REFERENCES).score())
        .isCloseTo(59.727517827, EXACTLY);
  }

  @Test
  void countsACharacterOutsideTheBasicPlaneOnce() {
    // One character of two: with UTF-16 it would be three of four.
    assertThat(Chrf.of(List.of("😀a"), List.of("😀b")).score()).isCloseTo(25, EXACTLY);
  }

  @Test
  void refusesListsOfDifferentLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Chrf.of(List.of("a", "b"), List.of("a")))
        .withMessage("2 hypotheses cannot be measured against 1 references");
  }

  @Property
  void isBetweenNothingAndAHundred(@ForAll String hypothesis, @ForAll String reference) {
    assertThat(Chrf.of(List.of(hypothesis), List.of(reference + ".")).score())
        .isBetween(0.0, 100.0);
  }

  @Property
  void doesNotSeeWhiteSpace(@ForAll String text) {
    String spaced = " " + text.replace("a", "a\t") + "\n";

    assertThat(Chrf.of(List.of(spaced), List.of(text + "b")).score())
        .isEqualTo(Chrf.of(List.of(text), List.of(text + "b")).score());
  }
}
