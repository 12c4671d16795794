package io.headwater.trainer.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Runs a trial up to the end of a rung, and makes a record of whatever comes of it. */
final class TrialExecution {
  private final TuningPlan plan;
  private final ObjectNode base;
  private final TrialRunner runner;
  private final LongSupplier nanoseconds;

  TrialExecution(
      TuningPlan plan, ObjectNode configuration, TrialRunner runner, LongSupplier nanoseconds) {
    this.plan = plan;
    this.base = configuration.deepCopy();
    this.runner = runner;
    this.nanoseconds = nanoseconds;
  }

  /**
   * Runs it.
   *
   * @param folder of the trial; made if it is not there
   */
  TrialRecord run(int trial, Map<String, JsonNode> parameters, int rung, Path folder)
      throws IOException, InterruptedException {
    int seed = plan.trialSeed(trial);
    ObjectNode configuration = plan.fill(base, trial, parameters);
    double epochs = plan.epochs(rung, configuration);
    Files.createDirectories(folder);
    long start = nanoseconds.getAsLong();
    TrialResult result = new TrialResult(Map.of(), List.of());
    String reason;
    try {
      result = runner.run(configuration, folder, epochs);
      reason = notFinite(result);
    } catch (InvalidTuningException | InterruptedException e) {
      throw e;
    } catch (Exception | OutOfMemoryError e) {
      // Sizes that do not fit are found out here: the search learns from them and goes on.
      reason = e.getMessage() == null ? e.getClass().getSimpleName() : firstLine(e.getMessage());
    }
    boolean done = reason.isEmpty();
    if (done && !result.metrics().containsKey(plan.metric())) {
      throw new InvalidTuningException(
          "tuning.metric: the training measures %s; there is no %s"
              .formatted(String.join(", ", result.metrics().keySet()), plan.metric()));
    }
    return new TrialRecord(
        trial,
        parameters,
        rung,
        epochs,
        seed,
        done ? TrialRecord.State.DONE : TrialRecord.State.FAILED,
        reason,
        Math.round((nanoseconds.getAsLong() - start) / 1e6) / 1e3,
        done ? result.metrics() : Map.of(),
        done ? result.curve() : List.of());
  }

  /** The first metric that is no number, or an empty text. */
  private static String notFinite(TrialResult result) {
    for (Map.Entry<String, Double> metric : result.metrics().entrySet()) {
      if (!Double.isFinite(metric.getValue())) {
        return "%s is %s".formatted(metric.getKey(), metric.getValue());
      }
    }
    for (CurvePoint point : result.curve()) {
      for (Map.Entry<String, Double> metric : point.metrics().entrySet()) {
        if (!Double.isFinite(metric.getValue())) {
          return "%s is %s after %s epochs"
              .formatted(metric.getKey(), metric.getValue(), point.epochs());
        }
      }
    }
    return "";
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
