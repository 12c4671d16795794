package io.headwater.cli.replay.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.avro.Insight;
import io.headwater.cli.replay.result.InsightSummary.Join;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final Comparison comparison = new Comparison(2);

  @Test
  void messagesAreInBothOrOnlyInOne() {
    comparison.addA(of(Insights.scored("a", Insights.at(0), 0.9, 0.1)));
    comparison.addA(of(Insights.scored("b", Insights.at(1), 0.9, 0.1)));
    comparison.addB(of(Insights.scored("b", Insights.at(1), 0.9, 0.1)));
    comparison.addB(of(Insights.scored("c", Insights.at(2), 0.9, 0.1)));
    comparison.addB(of(Insights.scored("d", Insights.at(3), 0.9, 0.1)));

    Difference difference = comparison.difference();

    assertThat(difference.counts()).isEqualTo(new Difference.Counts(1, 1, 2, 0, 0, 0));
    assertThat(difference.sameBytes()).isEqualTo(1);
    assertThat(difference.moves().largest()).isEmpty();
  }

  @Test
  void changedTranslationsAreCounted() {
    comparison.addA(of(Insights.translated("a", Insights.at(0), "cold food")));
    comparison.addA(of(Insights.translated("b", Insights.at(1), "the same")));
    comparison.addA(of(Insights.passedThrough("c", Insights.at(2))));
    comparison.addA(of(Insights.scored("d", Insights.at(3), 0.9, 0.1)));
    comparison.addB(of(Insights.translated("a", Insights.at(0), "the food is cold")));
    comparison.addB(of(Insights.translated("b", Insights.at(1), "the same")));
    comparison.addB(of(Insights.scored("c", Insights.at(2), 0.9, 0.1)));
    comparison.addB(of(Insights.translated("d", Insights.at(3), "now translated")));

    assertThat(comparison.difference().translationsChanged()).isEqualTo(2);
  }

  @Test
  void changedLabelsAndMovesAreCounted() {
    comparison.addA(of(Insights.scored("a", Insights.at(0), 0.9, 0.1)));
    comparison.addA(of(Insights.scored("b", Insights.at(1), 0.5, 0.25)));
    comparison.addA(of(Insights.scored("c", Insights.at(2), 0.5, 0.25)));
    comparison.addA(of(Insights.scored("d", Insights.at(3), 0.5, 0.25)));
    comparison.addB(of(Insights.scored("a", Insights.at(0), 0.1, 0.9)));
    comparison.addB(of(Insights.scored("b", Insights.at(1), 0.75, 0.25)));
    comparison.addB(of(Insights.scored("c", Insights.at(2), 0.5, 0.25)));
    comparison.addB(of(Insights.unscored("d", Insights.at(3))));

    Difference difference = comparison.difference();

    assertThat(difference.counts().labelsChanged()).isEqualTo(2);
    assertThat(difference.counts().shareChanged()).isEqualTo(0.5);
    assertThat(difference.labels())
        .isEqualTo(
            Map.of("positive", Map.of("negative", 1L, "positive", 2L, RunTally.NO_LABEL, 1L)));
    assertThat(difference.moves().compared()).isEqualTo(3);
    assertThat(difference.moves().mean()).isCloseTo((-1.6 + 0.25) / 3, within(1e-6));
    assertThat(difference.moves().meanAbsolute()).isCloseTo((1.6 + 0.25) / 3, within(1e-6));
    assertThat(difference.moves().largest()).extracting(Move::messageId).containsExactly("a", "b");
    assertThat(difference.moves().largest().get(0).text()).isEqualTo("text of a");
  }

  @Test
  void whatComesTwiceIsCountedAndLeftOut() {
    comparison.addA(of(Insights.scored("a", Insights.at(0), 0.9, 0.1)));
    comparison.addA(of(Insights.scored("a", Insights.at(0), 0.1, 0.9)));
    comparison.addB(of(Insights.scored("a", Insights.at(0), 0.9, 0.1)));
    comparison.addB(of(Insights.scored("a", Insights.at(0), 0.1, 0.9)));

    assertThat(comparison.difference().counts()).isEqualTo(new Difference.Counts(1, 0, 0, 1, 1, 0));
  }

  @Test
  void messagesOfTwoTopicsAreMatchedByTheirIds() {
    Insight here = Insights.scored("a", Insights.at(0), 0.9, 0.1);
    Insight there = Insights.scored("a", Insights.at(77), 0.9, 0.1);

    comparison.addA(summary(Join.MESSAGE_ID, here));
    comparison.addB(summary(Join.MESSAGE_ID, there));

    assertThat(comparison.difference().counts().inBoth()).isEqualTo(1);
    assertThat(comparison.difference().sameBytes()).isZero();
    assertThat(comparison.difference().sameContent()).isEqualTo(1);
  }

  @Property(tries = 200)
  void theLargestMovesAreThoseThatSortingFinds(
      @ForAll @Size(max = 30) List<@DoubleRange(min = 0, max = 1) Double> polarities,
      @ForAll @IntRange(max = 10) int top) {
    Comparison sides = new Comparison(top);
    for (int i = 0; i < polarities.size(); i++) {
      sides.addA(of(Insights.scored("m" + i, Insights.at(i), 0, 0)));
    }
    for (int i = 0; i < polarities.size(); i++) {
      sides.addB(of(Insights.scored("m" + i, Insights.at(i), polarities.get(i), 0)));
    }

    assertThat(sides.difference().moves().largest())
        .extracting(move -> Math.abs(move.distance()))
        .isEqualTo(
            polarities.stream()
                .map(value -> (double) value.floatValue())
                .filter(value -> value != 0)
                .sorted((a, b) -> Double.compare(b, a))
                .limit(top)
                .toList());
  }

  private static InsightSummary of(Insight insight) {
    return summary(Join.ORIGIN, insight);
  }

  private static InsightSummary summary(Join join, Insight insight) {
    return InsightSummary.of(join, null, Insights.bytes(insight, 1), insight);
  }
}
