package io.headwater.trainer.translation.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BleuTest {

  private static final Offset<Double> EXACTLY = within(1e-6);

  @Test
  void givesTheScoreOfSacreBleusOwnExample() {
    Bleu bleu = Bleu.ofSeveral(Corpus.DOGS, Corpus.DOG_REFERENCES);

    assertThat(bleu.score()).isCloseTo(48.530827, EXACTLY);
    assertThat(bleu)
        .hasToString(
            "BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)");
    assertThat(bleu.signature()).isEqualTo("nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp");
  }

  @Test
  void givesSacreBleusScoreOfTextsWithNumbersAndMarksAndEntities() {
    Bleu bleu = Bleu.of(Corpus.HYPOTHESES, Corpus.REFERENCES);

    assertThat(bleu.score()).isCloseTo(40.199997802, EXACTLY);
    assertThat(bleu)
        .hasToString(
            "BLEU = 40.20 81.0/54.4/33.3/24.4 (BP = 0.924 ratio = 0.926 hyp_len = 63 ref_len = 68)");
    assertThat(bleu.signature()).startsWith("nrefs:1|");
  }

  @ParameterizedTest
  @CsvSource({
    "this is a test, this is a test, 100",
    "this is a fest, this is a test, 59.460355750",
    "Tom isn't here., Tom is not here., 27.534765745",
    "a b c, a b c, 0",
    "test this, this test, 0",
    "a, b, 0",
    "'', b, 0",
  })
  void smoothsAsSacreBleuDoes(String hypothesis, String reference, double expected) {
    assertThat(Bleu.of(List.of(hypothesis), List.of(reference)).score())
        .isCloseTo(expected, EXACTLY);
  }

  @Test
  void takesTheReferenceNearestInLength() {
    Bleu bleu = Bleu.ofSeveral(List.of("a b c"), List.of(List.of("a b c d e", "a b", "a b c d")));

    assertThat(bleu.referenceLength()).isEqualTo(2);
    assertThat(bleu.brevityPenalty()).isEqualTo(1);
  }

  @Test
  void leavesEmptyReferencesOut() {
    Bleu bleu =
        Bleu.ofSeveral(List.of("a b", "c d"), List.of(List.of("", "a b"), List.of("c", "d")));

    assertThat(bleu.signature()).startsWith("nrefs:var|");
    assertThat(bleu.referenceLength()).isEqualTo(3);
  }

  @Test
  void refusesWhatCannotBeMeasured() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bleu.of(List.of("a"), List.of("a", "b")))
        .withMessage("1 hypotheses cannot be measured against 2 references");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bleu.of(List.of("a", "b"), List.of("a", "")))
        .withMessage("hypothesis 1 has no reference");
    assertThatIllegalArgumentException().isThrownBy(() -> Bleu.of(List.of(), List.of()));
  }

  @Property
  void isFullForTheReferenceAndNeverMore(
      @ForAll @Size(min = 1, max = 5)
          List<@AlphaChars @StringLength(min = 1, max = 4) String> words) {
    List<String> references = List.of("one two three four " + String.join(" ", words));

    assertThat(Bleu.of(references, references).score()).isCloseTo(100, EXACTLY);
    assertThat(Bleu.of(List.of(String.join(" ", words)), references).score()).isBetween(0.0, 100.0);
  }

  @Property
  void doesNotDependOnTheOrderOfTheSegments(@ForAll long seed) {
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6));
    Collections.shuffle(order, new Random(seed));

    Bleu shuffled =
        Bleu.of(
            order.stream().map(Corpus.HYPOTHESES::get).toList(),
            order.stream().map(Corpus.REFERENCES::get).toList());

    assertThat(shuffled).isEqualTo(Bleu.of(Corpus.HYPOTHESES, Corpus.REFERENCES));
  }
}
