package io.headwater.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.headwater.trainer.network.TrainableClassifier;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTrainingTest {
  @TempDir private Path folder;
  private int runs;

  @BeforeEach
  void begin() {
    runs = 0;
  }

  @Test
  void learnsAToyTask() throws IOException {
    Outcome outcome = train(TinyClassifier.plain(), plan(8, Regularisation.none()));

    assertThat(outcome.best().score()).isGreaterThan(0.95);
    assertThat(outcome.evaluations()).hasSize(8);
    assertThat(outcome.curve()).isNotEmpty();
  }

  @Test
  void aBrokenTrainingComesToTheSameWeightsAsAnUnbrokenOne() throws IOException {
    TinyClassifier classifier = new TinyClassifier(0.3f, Set.of());
    TrainingPlan plan = plan(2, new Regularisation(0.01, 0.001, 0.1, 0.2, 1, 0.5));
    RunFolder whole = new RunFolder(folder.resolve("whole"), Map.of());
    RunFolder broken = new RunFolder(folder.resolve("broken"), Map.of());
    run(classifier, plan, whole, TrainingObserver.silent());

    assertThatThrownBy(() -> run(classifier, plan, broken, stopAtFirstEvaluation()))
        .hasMessage("power cut");
    assertThat(broken.bestWeights()).exists();
    run(classifier, plan, broken, TrainingObserver.silent());

    assertSame(WeightsFile.read(whole.bestWeights()), WeightsFile.read(broken.bestWeights()));
  }

  @Test
  void goesOnInTheMiddleOfAPass() throws IOException {
    TinyClassifier classifier = new TinyClassifier(0.3f, Set.of());
    TrainingPlan plan = new TrainingPlan(2, 64, 0.05, 5, Regularisation.none(), 0, 0.3, 0.9, 7);
    RunFolder whole = new RunFolder(folder.resolve("whole"), Map.of());
    RunFolder broken = new RunFolder(folder.resolve("broken"), Map.of());
    Outcome unbroken = run(classifier, plan, whole, TrainingObserver.silent());

    int restarts = 0;
    for (boolean finished = false; !finished; restarts++) {
      int allowed = 2;
      try {
        run(classifier, plan, broken, stopAfter(allowed));
        finished = true;
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("power cut");
      }
    }
    Outcome outcome = run(classifier, plan, broken, TrainingObserver.silent());

    assertThat(restarts).isGreaterThan(3);
    assertThat(outcome).isEqualTo(unbroken);
    assertSame(WeightsFile.read(whole.bestWeights()), WeightsFile.read(broken.bestWeights()));
  }

  @Test
  void refusesToGoOnWithAnotherConfigurationAndNamesTheField() throws IOException {
    RunFolder run = new RunFolder(folder, Map.of("model.width", "8"));
    run(TinyClassifier.plain(), plan(1, Regularisation.none()), run, TrainingObserver.silent());
    TrainingPlan other = plan(1, new Regularisation(0, 0, 0.1, 0, 0, 0));
    RunFolder wider = new RunFolder(folder, Map.of("model.width", "16"));

    assertThatThrownBy(() -> run(TinyClassifier.plain(), other, wider, TrainingObserver.silent()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.width was 8 and is now 16")
        .hasMessageContaining("training.labelSmoothing was 0.0 and is now 0.1");
  }

  @Test
  void dropoutMakesLearningHarder() throws IOException {
    double without =
        train(new TinyClassifier(0, Set.of()), plan(1, Regularisation.none())).best().trainLoss();
    double with =
        train(new TinyClassifier(0.5f, Set.of()), plan(1, Regularisation.none()))
            .best()
            .trainLoss();

    assertThat(with).isGreaterThan(without);
  }

  @Test
  void decayAndL1MakeWeightsSmallerAndL1MakesSomeZero() throws IOException {
    Weights free = weights(new Regularisation(0, 0, 0, 0, 0, 0));
    Weights decayed = weights(new Regularisation(1, 0, 0, 0, 0, 0));
    Weights sparse = weights(new Regularisation(0, 0.5, 0, 0, 0, 0));

    assertThat(squares(decayed)).isLessThan(squares(free));
    assertThat(sizes(sparse)).isLessThan(sizes(free));
    assertThat(zeros(sparse)).isGreaterThan(zeros(free));
  }

  @Test
  void smoothingBoundsConfidence() throws IOException {
    double plain = lastLoss(plan(12, Regularisation.none()));
    double smoothed = lastLoss(plan(12, new Regularisation(0, 0, 0.3, 0, 0, 0)));

    // With a third of 0.3 on each wrong label no network gets below this entropy.
    assertThat(smoothed).isGreaterThan(-(0.8 * Math.log(0.8) + 0.2 * Math.log(0.1)) - 1e-6);
    assertThat(plain).isLessThan(0.2);
  }

  @Test
  void maskedTokensAreNotSeen() throws IOException {
    double seen = train(TinyClassifier.plain(), plan(3, Regularisation.none())).best().trainLoss();
    double masked =
        train(TinyClassifier.plain(), plan(3, new Regularisation(0, 0, 0, 0.6, 0, 0)))
            .best()
            .trainLoss();

    assertThat(masked).isGreaterThan(seen + 0.05);
  }

  @Test
  void agreementMakesReadingsWithOtherDropoutAgree() throws IOException {
    TinyClassifier classifier = new TinyClassifier(0.5f, Set.of());
    double free = disagreement(classifier, Regularisation.none());
    double agreed = disagreement(classifier, new Regularisation(0, 0, 0, 0, 0, 4));

    assertThat(agreed).isLessThan(free / 2);
  }

  @Test
  void stopsEarlyWhenNothingGetsBetter() throws IOException {
    TrainingPlan plan = new TrainingPlan(50, 64, 0.05, 5, Regularisation.none(), 2, 1, 0, 7);

    Outcome outcome = train(TinyClassifier.plain(), plan);

    assertThat(outcome.stoppedEarly()).isTrue();
    assertThat(outcome.evaluations()).hasSizeLessThan(40);
    assertThat(outcome.evaluations().get(outcome.evaluations().size() - 3))
        .isEqualTo(outcome.best());
  }

  @Test
  void frozenWeightsStayAsTheyBegan() throws IOException {
    TinyClassifier classifier = new TinyClassifier(0, Set.of("words"));

    RunFolder run = new RunFolder(folder, Map.of());
    run(classifier, plan(1, new Regularisation(1, 1, 0, 0, 0, 0)), run, TrainingObserver.silent());

    Weights trained = WeightsFile.read(run.bestWeights());
    assertThat(trained.get("words").values())
        .isEqualTo(classifier.initial(7).get("words").values());
    assertThat(trained.get("out.weight").values())
        .isNotEqualTo(classifier.initial(7).get("out.weight").values());
  }

  @Test
  void rowsThatCannotBeNeutralSayNothingAboutNeutral() throws IOException {
    List<TokenRow> rows =
        ToyRows.of(300, 1).stream()
            .filter(row -> row.label() != 1)
            .map(row -> new TokenRow(row.ids(), row.label(), true))
            .toList();
    TrainingRows training = new TrainingRows(rows, List.of(new TrainingRows.DevSet("two", rows)));
    RunFolder run = new RunFolder(folder, Map.of());
    try (NDManager manager = Torch.newManager()) {
      Outcome outcome =
          new ClassifierTraining(
                  TinyClassifier.plain(),
                  plan(3, Regularisation.none()),
                  training,
                  run,
                  TrainingObserver.silent(),
                  manager)
              .run();
      assertThat(outcome.best().score()).isGreaterThan(0.95);
    }

    assertThat(WeightsFile.read(run.bestWeights()).get("out.bias").values()[1]).isZero();
  }

  @Test
  void stopsWithAClearLineWhenTheLossIsNoNumber() {
    TrainingPlan wild = new TrainingPlan(3, 64, 1e38, 0, Regularisation.none(), 0, 1, 0, 7);

    assertThatThrownBy(() -> train(TinyClassifier.plain(), wild))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("loss of")
        .hasMessageContaining("training.learningRate");
  }

  private static TrainingPlan plan(double epochs, Regularisation regularisation) {
    return new TrainingPlan(epochs, 64, 0.05, 5, regularisation, 0, 1, 0, 7);
  }

  private double lastLoss(TrainingPlan plan) throws IOException {
    List<Evaluation> evaluations = train(TinyClassifier.plain(), plan).evaluations();
    return evaluations.get(evaluations.size() - 1).trainLoss();
  }

  private Weights weights(Regularisation regularisation) throws IOException {
    train(TinyClassifier.plain(), plan(4, regularisation));
    return WeightsFile.read(folder.resolve("run" + (runs - 1)).resolve("best.weights"));
  }

  /** How far two readings of rows by a trained network are apart. */
  private double disagreement(TinyClassifier classifier, Regularisation regularisation)
      throws IOException {
    train(classifier, plan(8, regularisation));
    Weights trained = WeightsFile.read(folder.resolve("run" + (runs - 1)).resolve("best.weights"));
    List<TokenRow> rows = ToyRows.of(300, 3);
    List<TokenRow> twice = Stream.concat(rows.stream(), rows.stream()).toList();
    try (NDManager manager = Torch.newManager()) {
      Map<String, NDArray> arrays = new WeightArrays(trained, name -> true, manager).all();
      NDArray logits =
          classifier.logits(
              new TorchOps(arrays, manager, true),
              RowTensors.tokens(twice, 0, new SplittableRandom(1), manager));
      return RowTensors.disagreement(logits, rows, manager).getFloat();
    }
  }

  private Outcome train(TrainableClassifier classifier, TrainingPlan plan) throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run" + runs++), Map.of());
    return run(classifier, plan, run, TrainingObserver.silent());
  }

  private static Outcome run(
      TrainableClassifier classifier, TrainingPlan plan, RunFolder run, TrainingObserver observer)
      throws IOException {
    try (NDManager manager = Torch.newManager()) {
      return new ClassifierTraining(classifier, plan, ToyRows.training(), run, observer, manager)
          .run();
    }
  }

  private static TrainingObserver stopAtFirstEvaluation() {
    return stopAfter(1);
  }

  /** Fails before the last of some evaluations is saved. */
  private static TrainingObserver stopAfter(int evaluations) {
    List<Evaluation> seen = new ArrayList<>();
    return new TrainingObserver() {
      @Override
      public void progress(Progress progress) {
        // What it says does not matter here.
      }

      @Override
      public void evaluated(Evaluation evaluation) {
        seen.add(evaluation);
        if (seen.size() == evaluations) {
          throw new IllegalStateException("power cut");
        }
      }
    };
  }

  private static void assertSame(Weights expected, Weights actual) {
    assertThat(actual.all().keySet()).isEqualTo(expected.all().keySet());
    expected
        .all()
        .forEach(
            (name, weight) ->
                assertThat(actual.get(name).values()).as(name).isEqualTo(weight.values()));
  }

  private static double squares(Weights weights) {
    double sum = 0;
    for (float value : weights.get("out.weight").values()) {
      sum += value * value;
    }
    return sum;
  }

  private static double sizes(Weights weights) {
    double sum = 0;
    for (float value : weights.get("words").values()) {
      sum += Math.abs(value);
    }
    return sum;
  }

  private static int zeros(Weights weights) {
    int zeros = 0;
    for (float value : weights.get("words").values()) {
      zeros += value == 0 ? 1 : 0;
    }
    return zeros;
  }
}
