package io.headwater.trainer.tuning.runner;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.trainer.learning.ClassifierTraining;
import io.headwater.trainer.learning.Outcome;
import io.headwater.trainer.learning.Regularisation;
import io.headwater.trainer.learning.RunFolder;
import io.headwater.trainer.learning.TinyClassifier;
import io.headwater.trainer.learning.ToyRows;
import io.headwater.trainer.learning.TrainingObserver;
import io.headwater.trainer.learning.TrainingPlan;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tuning.Plans;
import io.headwater.trainer.tuning.TrialDatabase;
import io.headwater.trainer.tuning.TrialRecord;
import io.headwater.trainer.tuning.TrialRepeat;
import io.headwater.trainer.tuning.TrialRunner;
import io.headwater.trainer.tuning.TuningPlan;
import io.headwater.trainer.tuning.TuningPlanReader;
import io.headwater.trainer.tuning.TuningSearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search over trainings in PyTorch, of the smallest network that learns. */
class ClassifierTrialRunnerTest {
  private static final String YAML =
      """
      training: {}
      tuning:
        trials: 7
        metric: dev.macroRecall
        halving: {factor: 3, leastEpochs: 0.5, mostEpochs: 4}
        space:
          training.learningRate: {log: [0.00001, 0.3]}
          model.dropout: {choice: [0, 0.3]}
      """;

  @TempDir private Path folder = Path.of(".");
  private final TrialRunner runner = new ClassifierTrialRunner(ClassifierTrialRunnerTest::train);

  @Test
  void trialsAreTrainedPromotedAndRepeatedBitByBit() throws Exception {
    ObjectNode configuration = Plans.configuration(YAML);
    TuningPlan plan = TuningPlanReader.read(configuration);

    List<TrialRecord> records;
    try (TrialDatabase database =
        TrialDatabase.open(folder.resolve("trials.jsonl"), configuration)) {
      new TuningSearch(plan, configuration, runner, folder, System::nanoTime)
          .run(database, (record, all) -> assertThat(record.reason()).isEmpty());
      records = database.records();
    }

    assertThat(records).filteredOn(record -> record.rung() == 0).hasSize(7);
    assertThat(records).filteredOn(record -> record.rung() == 1).hasSizeGreaterThanOrEqualTo(2);
    TrialRecord best = plan.best(records).orElseThrow();
    assertThat(plan.score(best)).isGreaterThan(0.5);
    assertThat(best.metrics())
        .containsKeys("dev.loss", "train.loss", "dev.accuracy", "dev.toy.dev.macroRecall");
    TrialRecord promoted =
        records.stream().filter(record -> record.rung() == 1).findFirst().orElseThrow();
    assertThat(promoted.curve())
        .extracting(point -> Math.round(point.epochs() * 2))
        .contains(1L, 3L);
    TrialRepeat repeat = new TrialRepeat(plan, configuration, runner, folder, System::nanoTime);
    assertThat(repeat.run(promoted.trial(), records)).allMatch(TrialRepeat.Pair::same);
  }

  @Test
  void aTrainingInRungsEndsAsOneAtOnce() throws Exception {
    ObjectNode configuration = Plans.configuration(YAML.replace("{}", "{learningRate: 0.02}"));
    configuration.withObjectProperty("training").put("epochs", 3.0);

    runner.run(configuration, folder.resolve("rungs"), 1);
    double inRungs = loss(configuration, "rungs", 3);
    double atOnce = loss(configuration, "once", 3);

    assertThat(inRungs).isEqualTo(atOnce);
  }

  private double loss(ObjectNode configuration, String name, double epochs) throws Exception {
    return runner
        .run(configuration, folder.resolve(name), epochs)
        .metrics()
        .getOrDefault("dev.loss", Double.NaN);
  }

  private static Outcome train(ObjectNode configuration, Path folder, double epochs)
      throws IOException {
    float dropout = (float) configuration.at("/model/dropout").asDouble();
    try (NDManager manager = Torch.newManager()) {
      return new ClassifierTraining(
              new TinyClassifier(dropout, Set.of()),
              plan(configuration),
              ToyRows.training(),
              new RunFolder(folder, Map.of()),
              TrainingObserver.silent(),
              manager)
          .run(epochs);
    }
  }

  private static TrainingPlan plan(ObjectNode configuration) {
    return new TrainingPlan(
        configuration.at("/training/epochs").asDouble(),
        64,
        configuration.at("/training/learningRate").asDouble(),
        5,
        Regularisation.none(),
        0,
        1,
        0,
        configuration.path("seed").asLong());
  }
}
