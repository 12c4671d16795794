package io.headwater.load.river.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
  @Test
  void onlyWhatBothHaveIsCompared() {
    Agreement agreement =
        Agreement.of(
            Map.of(0L, "positive", 1L, "negative", 7L, "neutral"),
            Map.of("m0", "positive", "m1", "neutral", "m2", "neutral"));

    assertThat(agreement.compared()).isEqualTo(2);
    assertThat(agreement.share()).isEqualTo(0.5);
  }

  @Test
  void nothingInCommonIsNoShare() {
    assertThat(Agreement.of(Map.of(), Map.of("m0", "positive")).share()).isNaN();
  }
}
