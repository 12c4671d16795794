package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.headwater.trainer.learning.Place.Losses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** All that changes while training: weights, the optimizer's averages, the mean, the place. */
final class TrainingState {
  private final Checkpoint<Place> checkpoint;
  private final Map<String, String> settings;
  private final WeightArrays weights;
  private final AdamW optimizer;
  private final RunningMean mean;
  private final List<Evaluation> evaluations = new ArrayList<>();
  private final List<CurvePoint> curve = new ArrayList<>();
  private int epoch;
  private int batch;
  private long step;
  private Losses sinceEvaluation = Losses.NONE;
  private Losses sincePoint = Losses.NONE;

  /**
   * Goes on from the folder's checkpoint, or begins.
   *
   * @throws IOException if the checkpoint cannot be read
   * @throws IllegalArgumentException if it was trained with other settings
   */
  TrainingState(
      RunFolder folder,
      Map<String, String> settings,
      WeightArrays weights,
      TrainingPlan plan,
      NDManager manager)
      throws IOException {
    this.checkpoint = new Checkpoint<>(folder.checkpoint(), Place.class, Place::step);
    this.settings = settings;
    this.weights = weights;
    this.optimizer = new AdamW(weights, plan.regularisation(), manager);
    this.mean = new RunningMean(weights.trained(), plan.average(), manager);
    Optional<Place> place = checkpoint.place();
    if (place.isPresent()) {
      restore(place.get(), folder, manager);
    }
  }

  private void restore(Place place, RunFolder folder, NDManager manager) throws IOException {
    TreeSet<String> names = new TreeSet<>(settings.keySet());
    names.addAll(place.settings().keySet());
    List<String> changed = new ArrayList<>();
    for (String name : names) {
      String before = place.settings().getOrDefault(name, "not there");
      String now = settings.getOrDefault(name, "not there");
      if (!before.equals(now)) {
        changed.add("%s was %s and is now %s".formatted(name, before, now));
      }
    }
    if (!changed.isEmpty()) {
      throw new IllegalArgumentException(
          "%s holds a training that was begun otherwise: %s; put it back, or choose another folder"
              .formatted(folder.path(), String.join("; ", changed)));
    }
    checkpoint.restore(place, arrays(), manager);
    epoch = place.epoch();
    batch = place.batch();
    step = place.step();
    sinceEvaluation = place.sinceEvaluation();
    sincePoint = place.sincePoint();
    evaluations.addAll(place.evaluations());
    curve.addAll(place.curve());
  }

  /** Writes a checkpoint. */
  void save() throws IOException {
    checkpoint.write(
        new Place(
            epoch,
            batch,
            step,
            sinceEvaluation,
            sincePoint,
            List.copyOf(evaluations),
            List.copyOf(curve),
            settings),
        arrays());
  }

  /**
   * One step of the optimizer with the gradients that are there.
   *
   * @param norm of all gradients together
   * @param batches of a pass
   */
  void step(double loss, double rate, float norm, long batches) {
    step++;
    optimizer.step(step, rate, norm);
    mean.add(step);
    sinceEvaluation = sinceEvaluation.plus(loss);
    sincePoint = sincePoint.plus(loss);
    batch++;
    if (batch >= batches) {
      epoch++;
      batch = 0;
    }
  }

  void addPoint(double passes, double rate, double norm, Map<String, Double> layers) {
    curve.add(new CurvePoint(passes, step, sincePoint.mean(), rate, norm, layers));
    sincePoint = Losses.NONE;
  }

  /** Adds an evaluation of the weights as they are now. */
  Evaluation addEvaluation(double passes, Verdict verdict) {
    boolean best = evaluations.stream().allMatch(before -> verdict.score() > before.score());
    Evaluation evaluation =
        new Evaluation(
            passes,
            step,
            sinceEvaluation.mean(),
            verdict.loss(),
            verdict.score(),
            best,
            verdict.quality());
    evaluations.add(evaluation);
    sinceEvaluation = Losses.NONE;
    return evaluation;
  }

  /** Evaluations since the best one. */
  int stale() {
    int stale = 0;
    while (stale < evaluations.size() && !evaluations.get(evaluations.size() - 1 - stale).best()) {
      stale++;
    }
    return stale;
  }

  /** Whether the weights as they are now were evaluated. */
  boolean evaluated() {
    return !evaluations.isEmpty() && evaluations.get(evaluations.size() - 1).step() == step;
  }

  WeightArrays weights() {
    return weights;
  }

  Map<String, Double> gradientNorms() {
    return optimizer.gradientNorms();
  }

  /** What is judged and kept: the mean of the weights, or the weights. */
  Map<String, NDArray> judged() {
    return weights.with(mean.means());
  }

  List<Evaluation> evaluations() {
    return evaluations;
  }

  List<CurvePoint> curve() {
    return curve;
  }

  int epoch() {
    return epoch;
  }

  int batch() {
    return batch;
  }

  long steps() {
    return step;
  }

  private Map<String, NDArray> arrays() {
    Map<String, NDArray> all = new LinkedHashMap<>(weights.trained());
    all.putAll(optimizer.state());
    all.putAll(mean.state());
    return all;
  }
}
