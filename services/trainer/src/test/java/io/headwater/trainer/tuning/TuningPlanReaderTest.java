package io.headwater.trainer.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningPlanReaderTest {

  @Test
  void aPlanIsReadWhole() {
    TuningPlan plan = TuningPlanReader.read(Plans.configuration(Plans.SMALL));

    assertThat(plan.search()).isEqualTo(TuningPlan.Search.BAYESIAN);
    assertThat(plan.trials()).isEqualTo(14);
    assertThat(plan.seed()).isEqualTo(3);
    assertThat(plan.metric()).isEqualTo("dev.accuracy");
    assertThat(plan.higherIsBetter()).isTrue();
    assertThat(plan.halving().orElseThrow().rungs()).containsExactly(1.0, 3.0, 9.0);
    assertThat(plan.space().dimensions())
        .extracting(dimension -> dimension.path().text())
        .containsExactly("training.learningRate", "training.weightDecay", "model.inputs");
  }

  @Test
  void aLossIsBetterWhenItIsLower() {
    TuningPlan plan =
        TuningPlanReader.read(Plans.configuration(Plans.SMALL.replace("dev.accuracy", "dev.loss")));

    assertThat(plan.higherIsBetter()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search: bayesian| search: bayes| tuning.search must be grid, random or bayesian, not bayes",
        "trials: 14| trials: none| tuning.trials must be a whole number of 1 or more, not \"none\"",
        "seed: 3| sead: 3| there is no tuning.sead",
        "metric: dev.accuracy| metric: test.accuracy| tuning.metric must not be of the test sets:"
            + " what they choose they cannot judge",
        "factor: 3| factor: 1| tuning.halving: factor must be 2 or more",
        "mostEpochs: 9| mostEpochs: 0.5| tuning.halving: 0 < leastEpochs <= mostEpochs must hold",
        "[0.0001, 10]| [low, 10]| tuning.space.training.learningRate: a bound must be a number, not"
            + " \"low\"",
        "log: [0.0001, 10]| log: [0, 10]| tuning.space.training.learningRate: bounds of log must be"
            + " greater than 0",
        "linear: [0, 0.5]| lin: [0, 0.5]| tuning.space.training.weightDecay: must be one of {log:"
            + " [low, high]}, {linear: [low, high]}, {integer: [low, high]}, {choice: [a, b]}",
        "integer: [1, 4]| integer: [1, 4], step: 2| tuning.space.model.inputs: from 1 no steps of 2"
            + " lead to 4",
        "model.inputs:| model.layers[0].inputs:| tuning.space.model.layers[0].inputs: the"
            + " configuration has no model.layers",
        "model.inputs:| training.epochs:| tuning.space.training.epochs: tuning.halving says how long;"
            + " keep one of both"
      })
  void aFaultNamesItsField(String right, String wrong, String firstPart) {
    InvalidTuningException fault =
        catchThrowableOfType(
            InvalidTuningException.class,
            () -> TuningPlanReader.read(Plans.configuration(Plans.SMALL.replace(right, wrong))));

    assertThat(fault).isNotNull();
    assertThat(fault.faults()).singleElement().asString().startsWith(firstPart);
  }

  @Test
  void allFaultsAreReportedTogether() {
    String wrong =
        Plans.SMALL
            .replace("trials: 14", "trials: 0")
            .replace("metric: dev.accuracy", "better: best")
            .replace("integer: [1, 4]", "choice: [1]");

    InvalidTuningException fault =
        catchThrowableOfType(
            InvalidTuningException.class, () -> TuningPlanReader.read(Plans.configuration(wrong)));

    assertThat(fault.faults()).hasSize(4);
  }
}
