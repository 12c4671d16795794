package io.headwater.trainer.tuning.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParameterImportanceTest {
  private final List<List<Double>> points = new ArrayList<>();
  private final List<Double> scores = new ArrayList<>();

  @Test
  void theParameterThatDecidesHasTheLargestShare() {
    trials(40, true);

    ParameterImportance importance = ParameterImportance.of(points, scores);

    assertThat(importance.explained()).isGreaterThan(0.5);
    assertThat(importance.shares().get(1)).isGreaterThan(0.6);
    assertThat(importance.shares().get(0)).isBetween(0.05, 0.4);
    assertThat(importance.shares().get(2)).isLessThan(0.1);
    assertThat(importance.shares().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(ParameterImportance.of(points, scores)).isEqualTo(importance);
  }

  @Test
  void whereNothingDecidesTheForestSaysSo() {
    trials(40, false);

    assertThat(ParameterImportance.of(points, scores).explained()).isLessThan(0.1);
  }

  @Test
  void withFewTrialsOrOneScoreThereIsNothingToSay() {
    trials(5, true);
    assertThat(ParameterImportance.of(points, scores).shares()).containsExactly(0.0, 0.0, 0.0);

    trials(20, true);
    scores.replaceAll(score -> 0.5);
    assertThat(ParameterImportance.of(points, scores).shares()).containsExactly(0.0, 0.0, 0.0);
  }

  private void trials(int count, boolean decided) {
    Random random = new Random(4);
    for (int i = 0; i < count; i++) {
      List<Double> point = List.of(random.nextDouble(), random.nextDouble(), random.nextDouble());
      points.add(point);
      double hill = -(point.get(1) - 0.4) * (point.get(1) - 0.4) + 0.15 * point.get(0);
      scores.add((decided ? hill : 0) + 0.01 * random.nextGaussian());
    }
  }
}
