package io.headwater.trainer.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.trainer.tuning.sampler.Observation;
import io.headwater.trainer.tuning.sampler.Sampler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Tries points of a space until all trials are done. What comes next follows from the records
 * alone, so a search that was cut short goes on as if it had not been.
 */
public final class TuningSearch {
  /** So many trials that fail before any succeeds are not the fault of their parameters. */
  private static final int HOPELESS = 5;

  private static final int DRAWS = 20;

  private final TuningPlan plan;
  private final Path out;
  private final Sampler sampler;
  private final TrialExecution execution;

  /**
   * A search.
   *
   * @param configuration that the plan was read from
   * @param out where each trial gets a folder
   * @param nanoseconds a clock for the durations
   */
  public TuningSearch(
      TuningPlan plan,
      ObjectNode configuration,
      TrialRunner runner,
      Path out,
      LongSupplier nanoseconds) {
    this.plan = plan;
    this.out = out;
    this.sampler = plan.sampler();
    this.execution = new TrialExecution(plan, configuration, runner, nanoseconds);
  }

  /** One trial, up to the end of one rung. */
  private record Step(int trial, Map<String, JsonNode> parameters, int rung) {}

  /**
   * Runs what is left to run.
   *
   * @throws InvalidTuningException if nothing of what was tried could be trained
   */
  public void run(TrialDatabase database, TuningListener listener)
      throws IOException, InterruptedException {
    int failed = 0;
    boolean anyDone = database.records().stream().anyMatch(TrialRecord::done);
    Optional<Step> step = next(database.records());
    while (step.isPresent()) {
      Step now = step.get();
      TrialRecord record = execution.run(now.trial(), now.parameters(), now.rung(), folder(now));
      database.add(record);
      listener.ended(record, database.records());
      anyDone |= record.done();
      failed += record.done() ? 0 : 1;
      if (!anyDone && failed == HOPELESS) {
        throw new InvalidTuningException(
            "the first %d trials failed, the last because: %s".formatted(failed, record.reason()));
      }
      step = next(database.records());
    }
  }

  private Path folder(Step step) {
    return out.resolve("trials").resolve(String.format(Locale.ROOT, "%04d", step.trial()));
  }

  private Optional<Step> next(List<TrialRecord> records) {
    Optional<Step> promoted =
        plan.halving()
            .flatMap(halving -> halving.promoted(records, plan::score))
            .map(record -> new Step(record.trial(), record.parameters(), record.rung() + 1));
    int trial = (int) records.stream().filter(record -> record.rung() == 0).count();
    if (promoted.isPresent() || trial >= Math.min(plan.trials(), sampler.limit())) {
      return promoted;
    }
    return Optional.of(new Step(trial, draw(trial, records), 0));
  }

  /** A point that was not tried yet, if one is found soon. */
  private Map<String, JsonNode> draw(int trial, List<TrialRecord> records) {
    SplittableRandom random = new SplittableRandom(plan.trialSeed(trial));
    List<Observation> seen = seen(records);
    Map<String, JsonNode> values = Map.of();
    for (int i = 0; i < DRAWS; i++) {
      values = plan.space().at(sampler.next(trial, seen, random));
      Map<String, JsonNode> drawn = values;
      if (records.stream().noneMatch(record -> record.parameters().equals(drawn))) {
        break;
      }
    }
    return values;
  }

  /**
   * What is known of each trial. One that came further is better than one that did not; of those on
   * the same rung the better has the better metric. Only looking at the highest rung would forget
   * the bad trials, for they never get there, and the search would go back to them.
   */
  private List<Observation> seen(List<TrialRecord> records) {
    Map<Integer, TrialRecord> last = new LinkedHashMap<>();
    records.forEach(record -> last.put(record.trial(), record));
    List<TrialRecord> ranked =
        last.values().stream()
            .sorted(
                Comparator.comparing(TrialRecord::done)
                    .thenComparingInt(TrialRecord::rung)
                    .thenComparingDouble(plan::score))
            .toList();
    return last.values().stream()
        .map(
            record ->
                new Observation(
                    plan.space().point(record.parameters()),
                    record.done() ? ranked.indexOf(record) : Double.NEGATIVE_INFINITY))
        .toList();
  }
}
