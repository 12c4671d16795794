package io.headwater.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelTableTest {
  @Test
  void figuresAreThoseOfAWorkedExample() {
    // given 3 right and 1 wrong negative, 1 right and 1 wrong positive
    LabelTable table = new LabelTable(List.of("negative", "positive"));
    for (int i = 0; i < 3; i++) {
      table.add("negative", "negative");
    }
    table.add("negative", "positive");
    table.add("positive", "positive");
    table.add("positive", "negative");

    assertThat(table.accuracy()).isCloseTo(4 / 6.0, within(1e-12));
    assertThat(table.precision(0)).isCloseTo(3 / 4.0, within(1e-12));
    assertThat(table.recall(0)).isCloseTo(3 / 4.0, within(1e-12));
    assertThat(table.f1(1)).isCloseTo(0.5, within(1e-12));
    assertThat(table.macroF1()).isCloseTo(0.625, within(1e-12));
    assertThat(table.macroRecall()).isCloseTo(0.625, within(1e-12));
  }

  @Test
  void aLabelThatIsNeverPredictedCountsAsZeroAndNotAsNothing() {
    LabelTable table = new LabelTable(List.of("negative", "positive"));
    table.add("negative", "negative");
    table.add("positive", "negative");

    assertThat(table.f1(1)).isZero();
    assertThat(table.macroRecall()).isCloseTo(0.5, within(1e-12));
  }
}
