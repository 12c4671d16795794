package io.headwater.models.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.models.Pooling;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RolloutTest {

  @Test
  void followsAttentionThroughTwoLayersAsByHand() {
    Rollout rollout = new Rollout(2);

    // first layer: token 0 looks at 1 only, token 1 at itself; half of each is the residual
    rollout.through(new float[][] {{0, 1}, {0, 1}});
    assertThat(rollout.shares(Pooling.FIRST)).containsExactly(0.5f, 0.5f);

    // second layer: token 0 looks at itself, token 1 at 0
    rollout.through(new float[][] {{1, 0}, {1, 0}});
    assertThat(rollout.shares(Pooling.FIRST)).containsExactly(0.5f, 0.5f);
    // row 1: half of its own (0, 1), half of token 0's (0.5, 0.5)
    assertThat(rollout.shares(Pooling.MEAN)).containsExactly(0.375f, 0.625f);
  }

  @Property(tries = 50)
  void sharesSumToOne(@ForAll @IntRange(min = 1, max = 12) int length, @ForAll long seed) {
    Random random = new Random(seed);
    Rollout rollout = new Rollout(length);
    for (int layer = 0; layer < 4; layer++) {
      rollout.through(attention(length, random));
    }

    for (Pooling pooling : Pooling.values()) {
      double sum = 0;
      for (float share : rollout.shares(pooling)) {
        assertThat(share).isBetween(0f, 1f);
        sum += share;
      }
      assertThat(sum).isCloseTo(1, within(1e-4));
    }
  }

  private static float[][] attention(int length, Random random) {
    float[][] rows = new float[length][length];
    for (float[] row : rows) {
      float sum = 0;
      for (int i = 0; i < length; i++) {
        row[i] = random.nextFloat() + 0.001f;
        sum += row[i];
      }
      for (int i = 0; i < length; i++) {
        row[i] /= sum;
      }
    }
    return rows;
  }
}
