package io.headwater.trainer.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.trainer.tuning.sampler.GridSampler;
import io.headwater.trainer.tuning.sampler.RandomSampler;
import io.headwater.trainer.tuning.sampler.Sampler;
import io.headwater.trainer.tuning.sampler.TreeParzenSampler;
import io.headwater.trainer.tuning.space.SearchSpace;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How a search goes: the section {@code tuning} of a configuration.
 *
 * @param search by which points are chosen
 * @param trials points that are tried, at most
 * @param seed of all that is by chance
 * @param metric that trials are compared by
 * @param higherIsBetter whether a higher metric is better
 * @param halving empty if every trial trains as long as the configuration says
 * @param space what is varied
 */
public record TuningPlan(
    Search search,
    int trials,
    long seed,
    String metric,
    boolean higherIsBetter,
    Optional<Halving> halving,
    SearchSpace space) {

  /** How points are chosen. */
  public enum Search {
    GRID,
    RANDOM,
    BAYESIAN
  }

  /** A fresh sampler of the space. */
  public Sampler sampler() {
    return switch (search) {
      case GRID -> new GridSampler(space, seed);
      case RANDOM -> new RandomSampler(space.dimensions().size());
      case BAYESIAN -> new TreeParzenSampler(space);
    };
  }

  /** The seed of a trial: it depends on nothing but the search's seed and the trial's number. */
  public int trialSeed(int trial) {
    // Two rounds: seeds that are next to each other must not give trials that are.
    long mixed = new SplittableRandom(seed).nextLong() + trial;
    return new SplittableRandom(mixed).nextInt() & Integer.MAX_VALUE;
  }

  /**
   * A configuration with the values of a trial, the seed of its own and the epochs of the whole.
   */
  public ObjectNode fill(ObjectNode configuration, int trial, Map<String, JsonNode> parameters) {
    ObjectNode base = configuration.deepCopy();
    base.remove(TuningPlanReader.SECTION);
    ObjectNode filled = space.fill(base, parameters);
    if (!parameters.containsKey("seed")) {
      filled.put("seed", trialSeed(trial));
    }
    // The rate falls along the longest training: one that goes on must not begin another line.
    halving.ifPresent(
        halved -> filled.withObjectProperty("training").put("epochs", halved.mostEpochs()));
    return filled;
  }

  /** Passes over the data up to the end of a rung. */
  public double epochs(int rung, ObjectNode configuration) {
    return halving
        .map(halved -> halved.rungs().get(rung))
        .orElseGet(() -> configuration.at("/training/epochs").asDouble());
  }

  /** The higher the better, whatever the metric; negative infinity if the trial failed. */
  public double score(TrialRecord record) {
    Double value = record.metrics().get(metric);
    if (!record.done() || value == null) {
      return Double.NEGATIVE_INFINITY;
    }
    return higherIsBetter ? value : -value;
  }

  /** The record with the best metric, on whichever rung; of equals the first. */
  public Optional<TrialRecord> best(List<TrialRecord> records) {
    return records.stream()
        .filter(TrialRecord::done)
        .sorted(Comparator.comparingDouble(this::score).reversed())
        .findFirst();
  }
}
