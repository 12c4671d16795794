package io.headwater.trainer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.models.explain.AttentionLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Maps whose entropy is known. */
class AttentionStudyTest {

  @Test
  void knowsTheEntropyOfKnownMaps() {
    // Four heads on four tokens: all alike, all on the first, each on itself, half and half.
    float[] weights = new float[4 * 16];
    for (int query = 0; query < 4; query++) {
      for (int key = 0; key < 4; key++) {
        weights[query * 4 + key] = 0.25f;
      }
      weights[16 + query * 4] = 1;
      weights[32 + query * 4 + query] = 1;
      weights[48 + query * 4] = 0.5f;
      weights[48 + query * 4 + 3] = 0.5f;
    }
    AttentionStudy study = new AttentionStudy();

    study.add(0, new AttentionLayer(weights, 1, 4, 4), List.of(4));

    List<HeadStudy> heads = study.heads(1);
    assertThat(heads.get(0).entropy()).isCloseTo(1, within(1e-9));
    assertThat(heads.get(0).habit()).isEqualTo(HeadStudy.Habit.UNIFORM);
    assertThat(heads.get(1).entropy()).isZero();
    assertThat(heads.get(1).habit()).isEqualTo(HeadStudy.Habit.FIRST);
    assertThat(heads.get(2).entropy()).isZero();
    assertThat(heads.get(2).strongest()).isEqualTo(0.25);
    assertThat(heads.get(2).habit()).isEqualTo(HeadStudy.Habit.USUAL);
    assertThat(heads.get(3).entropy()).isCloseTo(0.5, within(1e-9));
    assertThat(heads.get(3).last()).isEqualTo(0.5);
  }

  @Test
  void paddingIsNotLookedAt() {
    // Two rows of three tokens, the second with two real ones that look at each other alike.
    float[] third = {1 / 3f, 1 / 3f, 1 / 3f};
    float[] half = {0.5f, 0.5f, 0};
    float[] weights = new float[18];
    for (int query = 0; query < 3; query++) {
      System.arraycopy(third, 0, weights, query * 3, 3);
      System.arraycopy(half, 0, weights, 9 + query * 3, 3);
    }
    AttentionStudy study = new AttentionStudy();

    study.add(0, new AttentionLayer(weights, 2, 1, 3), List.of(3, 2));

    assertThat(study.heads(2).get(0).entropy()).isCloseTo(1, within(1e-6));
    assertThat(study.heads(2).get(0).last()).isCloseTo(5 / 12.0, within(1e-6));
  }

  @Test
  void namesHeadsThatLookAtOneTokenOnly() {
    assertThat(new HeadStudy(0, 0, 0.1, 0, 0.97, 0.97).habit()).isEqualTo(HeadStudy.Habit.LAST);
    assertThat(new HeadStudy(0, 0, 0.1, 0, 0.1, 0.95).habit()).isEqualTo(HeadStudy.Habit.SAME);
  }
}
