package io.headwater.trainer.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole searches over a real, small training. */
class TuningSearchTest {
  @TempDir private Path folder = Path.of(".");

  @Test
  void everyTrialStartsAndTheBestThirdOfARungGoesOn() throws Exception {
    LogisticRunner runner = new LogisticRunner();

    List<TrialRecord> records = search(Plans.SMALL, runner, folder);

    assertThat(at(records, 0)).hasSize(14);
    // Promotion does not wait, so with more trials to come it may take one that falls back later.
    assertThat(at(records, 1)).hasSizeBetween(4, 7);
    assertThat(at(records, 2)).hasSizeBetween(1, 4);
    List<Integer> best =
        at(records, 0).stream()
            .sorted(Comparator.comparingDouble(TuningSearchTest::accuracy).reversed())
            .limit(4)
            .map(TrialRecord::trial)
            .toList();
    assertThat(at(records, 1)).extracting(TrialRecord::trial).containsAll(best);
    assertThat(at(records, 1)).allMatch(TrialRecord::done);
  }

  @Test
  void aPromotedTrialGoesOnFromItsOwnCheckpoint() throws Exception {
    LogisticRunner runner = new LogisticRunner();

    List<TrialRecord> records = search(Plans.SMALL, runner, folder);

    int expected = at(records, 0).size() + 2 * at(records, 1).size() + 6 * at(records, 2).size();
    assertThat(runner.epochsTrained()).isEqualTo(expected);
    assertThat(at(records, 2)).allMatch(record -> record.curve().size() == 9);
  }

  @Test
  void aSearchThatWasKilledAtAnyTrialEndsTheSameWay() throws Exception {
    List<TrialRecord> whole = search(Plans.SMALL, new LogisticRunner(), folder.resolve("whole"));
    Path cut = folder.resolve("cut");
    for (int lives = 0; lives < whole.size(); lives += 3) {
      AtomicInteger left = new AtomicInteger(3);
      LogisticRunner runner = new LogisticRunner();
      TrialRunner mortal =
          (configuration, its, epochs) -> {
            TrialResult result = runner.run(configuration, its, epochs);
            if (left.getAndDecrement() == 0) {
              // The training is done and in its folder, its line is not yet written.
              throw new InvalidTuningException("killed");
            }
            return result;
          };
      try {
        search(Plans.SMALL, mortal, cut);
      } catch (InvalidTuningException e) {
        assertThat(e).hasMessage("killed");
      }
    }

    assertThat(search(Plans.SMALL, new LogisticRunner(), cut)).isEqualTo(whole);
  }

  @Test
  void aTrialRunsAgainToTheSameBits() throws Exception {
    List<TrialRecord> records = search(Plans.SMALL, new LogisticRunner(), folder);
    ObjectNode configuration = Plans.configuration(Plans.SMALL);
    int trial = at(records, 2).get(0).trial();
    TrialRepeat repeat =
        new TrialRepeat(
            TuningPlanReader.read(configuration),
            configuration,
            new LogisticRunner(),
            folder,
            () -> 0);

    assertThat(repeat.run(trial, records)).hasSize(3).allMatch(TrialRepeat.Pair::same);
    assertThat(repeat.run(trial, records)).hasSize(3).allMatch(TrialRepeat.Pair::same);
    assertThatThrownBy(() -> repeat.run(99, records))
        .isInstanceOf(InvalidTuningException.class)
        .hasMessageContaining("there is no trial 99");
  }

  @Test
  void aFailedTrialIsRecordedWithItsReasonAndTheSearchGoesOn() throws Exception {
    LogisticRunner runner = new LogisticRunner();
    TrialRunner picky =
        (configuration, its, epochs) -> {
          if (configuration.at("/model/inputs").asInt() == 2) {
            throw new IllegalArgumentException("model.inputs: 2 does not divide 3\nat some line");
          }
          TrialResult result = runner.run(configuration, its, epochs);
          return configuration.at("/training/learningRate").asDouble() > 3
              ? new TrialResult(Map.of("dev.accuracy", 0.9, "train.loss", Double.NaN), List.of())
              : result;
        };

    List<TrialRecord> records =
        search(Plans.SMALL.replace("bayesian", "random").replace("14", "40"), picky, folder);

    assertThat(at(records, 0)).hasSize(40);
    assertThat(records)
        .filteredOn(record -> !record.done())
        .hasSizeGreaterThan(4)
        .extracting(TrialRecord::reason)
        .contains("model.inputs: 2 does not divide 3", "train.loss is NaN");
    assertThat(at(records, 1)).allMatch(TrialRecord::done);
  }

  @Test
  void whatFailedBeforeIsSeldomTriedAgainThoughOthersWentOn() throws Exception {
    LogisticRunner runner = new LogisticRunner();
    TrialRunner picky =
        (configuration, its, epochs) -> {
          if (configuration.at("/training/weightDecay").asDouble() > 0.2) {
            throw new IllegalArgumentException("too much");
          }
          return runner.run(configuration, its, epochs);
        };

    List<TrialRecord> records =
        search(Plans.SMALL.replace("trials: 14", "trials: 60"), picky, folder);

    // By chance it would be 24 of the last 40.
    assertThat(at(records, 0).subList(20, 60).stream().filter(record -> !record.done()).count())
        .isLessThan(10);
  }

  @Test
  void aSearchInWhichNothingCanBeTrainedEndsSoon() {
    TrialRunner broken =
        (configuration, its, epochs) -> {
          throw new IOException("data.train: there is no file a.tsv");
        };

    assertThatThrownBy(() -> search(Plans.SMALL, broken, folder))
        .isInstanceOf(InvalidTuningException.class)
        .hasMessage(
            "the first 5 trials failed, the last because: data.train: there is no file a.tsv");
  }

  @Test
  void aMetricThatIsNotMeasuredIsRefusedWithThoseThatAre() {
    assertThatThrownBy(
            () -> search(Plans.SMALL.replace("dev.acc", "dev.ac"), new LogisticRunner(), folder))
        .isInstanceOf(InvalidTuningException.class)
        .hasMessage(
            "tuning.metric: the training measures dev.accuracy, train.loss; there is no"
                + " dev.acuracy");
  }

  @Test
  void aGridEndsWithItsLastPoint() throws Exception {
    String grid =
        """
        training: {learningRate: 1, weightDecay: 0, epochs: 2}
        tuning:
          search: grid
          trials: 30
          metric: train.loss
          space:
            training.learningRate: {log: [0.01, 1], points: 3}
            model.inputs: {integer: [1, 4]}
        """;

    List<TrialRecord> records = search(grid, new LogisticRunner(), folder);

    assertThat(records).hasSize(12).allMatch(record -> record.epochs() == 2);
    assertThat(records).extracting(TrialRecord::parameters).doesNotHaveDuplicates();
  }

  @Test
  void theConfigurationOfTheBestTrialTrainsTheSameModel() throws Exception {
    List<TrialRecord> records = search(Plans.SMALL, new LogisticRunner(), folder.resolve("out"));
    ObjectNode configuration = Plans.configuration(Plans.SMALL);
    TuningPlan plan = TuningPlanReader.read(configuration);
    TrialRecord best = plan.best(records).orElseThrow();

    ObjectNode filled = Plans.configuration(BestConfiguration.yaml(plan, configuration, best));

    assertThat(filled.has("tuning")).isFalse();
    TrialResult again = new LogisticRunner().run(filled, folder, best.epochs());
    assertThat(again.metrics()).isEqualTo(best.metrics());
    assertThat(filled.at("/training/epochs").asDouble()).isEqualTo(9);
    assertThat(records).allMatch(record -> plan.score(record) <= plan.score(best));
  }

  static List<TrialRecord> search(String yaml, TrialRunner runner, Path out)
      throws IOException, InterruptedException {
    ObjectNode configuration = Plans.configuration(yaml);
    Files.createDirectories(out);
    List<TrialRecord> heard = new ArrayList<>();
    try (TrialDatabase database = TrialDatabase.open(out.resolve("trials.jsonl"), configuration)) {
      new TuningSearch(TuningPlanReader.read(configuration), configuration, runner, out, () -> 0)
          .run(database, (record, all) -> heard.add(record));
      List<TrialRecord> records = database.records();
      assertThat(records).endsWith(heard.toArray(TrialRecord[]::new));
      return records;
    }
  }

  private static List<TrialRecord> at(List<TrialRecord> records, int rung) {
    return records.stream().filter(record -> record.rung() == rung).toList();
  }

  private static double accuracy(TrialRecord record) {
    return record.metrics().getOrDefault("dev.accuracy", 0.0);
  }
}
