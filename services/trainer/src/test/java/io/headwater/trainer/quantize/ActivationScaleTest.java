package io.headwater.trainer.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ActivationScaleTest {

  private final ActivationScale scale = new ActivationScale(0.5f, 10, new int[] {0, 8, -16});

  @Test
  void roundsToItsStepsAndStopsAtItsEnds() {
    assertThat(scale.rounded(1.2f)).isEqualTo(1);
    assertThat(scale.rounded(-100)).isEqualTo(-5);
    assertThat(scale.rounded(1_000)).isEqualTo(122.5f);
    assertThat(scale.rounded(0)).isZero();
  }

  @Test
  void factorsAreEighthsOfPowersOfTwo() {
    assertThat(scale.factor(0)).isEqualTo(1);
    assertThat(scale.factor(1)).isEqualTo(2);
    assertThat(scale.factor(2)).isEqualTo(0.25f);
    assertThat(ActivationScale.eighthsOf(2)).isEqualTo(8);
  }

  @Test
  void refusesWhatIsNoScale() {
    assertThatThrownBy(() -> new ActivationScale(0, 0, new int[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ActivationScale(1, 256, new int[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
