package io.headwater.trainer.tuning.runner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.trainer.head.Quality;
import io.headwater.trainer.learning.Evaluation;
import io.headwater.trainer.learning.Outcome;
import io.headwater.trainer.tuning.CurvePoint;
import io.headwater.trainer.tuning.TrialResult;
import io.headwater.trainer.tuning.TrialRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Trains a classifier for each trial. What it measures: {@code dev.macroRecall}, {@code
 * dev.macroF1} and {@code dev.accuracy}, means over the dev sets; the same of each set, such as
 * {@code dev.reviews.macroRecall}; {@code dev.loss} and {@code train.loss}.
 */
public final class ClassifierTrialRunner implements TrialRunner {
  private final Training training;

  /** Trains as a configuration says. */
  @FunctionalInterface
  public interface Training {

    /** Trains until so many epochs are done, from what the folder holds. */
    Outcome train(ObjectNode configuration, Path folder, double epochs) throws IOException;
  }

  /** A runner of trainings. */
  public ClassifierTrialRunner(Training training) {
    this.training = training;
  }

  @Override
  public TrialResult run(ObjectNode configuration, Path folder, double epochs) throws IOException {
    Outcome outcome = training.train(configuration, folder, epochs);
    return new TrialResult(
        metrics(outcome.best()),
        outcome.evaluations().stream()
            .map(evaluation -> new CurvePoint(evaluation.epoch(), metrics(evaluation)))
            .toList());
  }

  private static Map<String, Double> metrics(Evaluation evaluation) {
    Map<String, Double> metrics = new TreeMap<>();
    evaluation
        .dev()
        .forEach(
            (set, quality) -> {
              metrics.put("dev." + set + ".macroRecall", quality.macroRecall());
              metrics.put("dev." + set + ".macroF1", quality.macroF1());
              metrics.put("dev." + set + ".accuracy", quality.accuracy());
            });
    metrics.put("dev.macroRecall", evaluation.score());
    metrics.put("dev.macroF1", mean(evaluation, Quality::macroF1));
    metrics.put("dev.accuracy", mean(evaluation, Quality::accuracy));
    metrics.put("dev.loss", evaluation.devLoss());
    metrics.put("train.loss", evaluation.trainLoss());
    return metrics;
  }

  private static double mean(Evaluation evaluation, ToDoubleFunction<Quality> measure) {
    return evaluation.dev().values().stream().mapToDouble(measure).average().orElse(Double.NaN);
  }
}
