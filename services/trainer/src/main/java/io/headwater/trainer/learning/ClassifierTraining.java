package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.headwater.trainer.head.Quality;
import io.headwater.trainer.network.TrainableClassifier;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains a classifier of token rows. Stopped at any moment, it goes on from its last checkpoint
 * with the same batches, the same dropout and the same masks, and comes to the same weights, bit by
 * bit. One thread, used once.
 */
public final class ClassifierTraining {
  private static final int CURVE_POINTS = 300;

  private final TrainableClassifier classifier;
  private final TrainingPlan plan;
  private final TrainingRows rows;
  private final RunFolder folder;
  private final TrainingObserver observer;
  private final NDManager manager;
  private final TrainingState state;
  private final DevJudge judge;
  private final RowBatches batches;
  private List<List<TokenRow>> pass;
  private int passEpoch;
  private double end;

  /**
   * A training that goes on from the folder's checkpoint, if there is one.
   *
   * @param manager owns all arrays; the caller closes it
   * @throws IOException if the checkpoint cannot be read
   * @throws IllegalArgumentException if the checkpoint was trained with other settings, which are
   *     named, or on other rows
   */
  public ClassifierTraining(
      TrainableClassifier classifier,
      TrainingPlan plan,
      TrainingRows rows,
      RunFolder folder,
      TrainingObserver observer,
      NDManager manager)
      throws IOException {
    this.classifier = classifier;
    this.plan = plan;
    this.rows = rows;
    this.folder = folder;
    this.observer = observer;
    this.manager = manager;
    Files.createDirectories(folder.path());
    Map<String, String> settings = new LinkedHashMap<>(folder.settings());
    settings.putAll(plan.settings());
    settings.put("data.train", rows.digest());
    WeightArrays weights = new WeightArrays(classifier.initial(plan.seed()), classifier, manager);
    this.state = new TrainingState(folder, settings, weights, plan, manager);
    this.judge = new DevJudge(classifier, manager);
    this.batches = new RowBatches(rows.train(), plan.batchTokens());
    this.passEpoch = state.epoch();
    this.pass = batches.pass(plan.seed() + passEpoch);
  }

  /**
   * Trains to the end of the plan, or until nothing gets better any more. The best weights are in
   * {@link RunFolder#bestWeights}.
   *
   * @throws IOException if a checkpoint or the best weights cannot be written
   * @throws IllegalStateException if the loss or a gradient is no finite number any more
   */
  public Outcome run() throws IOException {
    return run(plan.epochs());
  }

  /**
   * Trains until so many passes are done, at most to the end of the plan, and judges what it has. A
   * later training with the same plan goes on from there.
   */
  public Outcome run(double until) throws IOException {
    end = Math.min(until, plan.epochs());
    Stopwatch watch = new Stopwatch(plan, done());
    while (!finished()) {
      if (evaluationDue()) {
        evaluate();
        state.save();
      } else {
        learn(watch);
        if (watch.checkpointDue()) {
          state.save();
        }
      }
    }
    List<Evaluation> all = state.evaluations();
    return new Outcome(
        all.get(all.size() - 1 - state.stale()), all, state.curve(), state.steps(), stoppedEarly());
  }

  /** The quality of weights on sets, such as those for a report that nothing is chosen by. */
  public static Map<String, Quality> measure(
      TrainableClassifier classifier,
      Weights weights,
      List<TrainingRows.DevSet> sets,
      NDManager parent) {
    try (NDManager own = parent.newSubManager()) {
      Map<String, NDArray> arrays = new WeightArrays(weights, classifier, own).all();
      return new DevJudge(classifier, own).judge(arrays, sets).quality();
    }
  }

  private boolean finished() {
    return state.evaluated() && (atEnd() || stoppedEarly());
  }

  private boolean atEnd() {
    return passes() >= end - 1e-9;
  }

  private boolean stoppedEarly() {
    return plan.patience() > 0 && state.stale() >= plan.patience();
  }

  private boolean evaluationDue() {
    List<Evaluation> all = state.evaluations();
    double last = all.isEmpty() ? 0 : all.get(all.size() - 1).epoch();
    double due = (Math.floor(last / plan.evaluateEvery() + 1e-9) + 1) * plan.evaluateEvery();
    // A pass is so many batches: what is due after a third of one is due after a whole batch.
    return !state.evaluated() && (atEnd() || passes() >= due - 1e-9);
  }

  private void evaluate() throws IOException {
    Evaluation evaluation = state.addEvaluation(passes(), judge.judge(state.judged(), rows.dev()));
    if (evaluation.best()) {
      WeightsFile.write(state.weights().toWeights(state.judged()), folder.bestWeights());
    }
    observer.evaluated(evaluation);
  }

  private void learn(Stopwatch watch) {
    List<TokenRow> batch = nextBatch();
    long step = state.steps() + 1;
    double rate = plan.rate(step, done());
    float loss = backward(batch, step);
    Map<String, Double> norms = state.gradientNorms();
    float norm = (float) Math.sqrt(norms.values().stream().mapToDouble(n -> n * n).sum());
    if (!Float.isFinite(loss) || !Float.isFinite(norm)) {
      throw new IllegalStateException(
          "step %d gives a loss of %s and a gradient of norm %s: train anew, in another folder,"
                  .formatted(step, loss, norm)
              + " with a smaller training.learningRate, more training.warmUp, or training.clip");
    }
    state.step(loss, rate, norm, pass.size());
    watch.count(batch, loss);
    long every = Math.max(1, Math.round(plan.epochs() * pass.size() / CURVE_POINTS));
    if (step % every == 0) {
      state.addPoint(passes(), rate, norm, byLayer(norms));
    }
    if (watch.reportDue() || evaluationDue()) {
      observer.progress(watch.report(step, done(), rate, norm));
    }
  }

  private Map<String, Double> byLayer(Map<String, Double> norms) {
    Map<String, Double> layers = new LinkedHashMap<>();
    norms.forEach((name, norm) -> layers.merge(classifier.layer(name), norm, Math::hypot));
    return layers;
  }

  /** Adds the gradients of a batch. What is random in it depends on seed and step alone. */
  private float backward(List<TokenRow> batch, long step) {
    long seed = new SplittableRandom(plan.seed() * 1_000_003 + step).nextLong();
    Torch.seed((int) seed);
    try (NDManager own = manager.newSubManager();
        GradientCollector collector = Torch.newCollector()) {
      NDArray logits =
          classifier.logits(
              new TorchOps(state.weights().all(), own, true),
              RowTensors.tokens(
                  batch, plan.regularisation().maskTokens(), new SplittableRandom(seed), own));
      NDArray loss = RowTensors.loss(logits, batch, plan.regularisation().labelSmoothing(), own);
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  private List<TokenRow> nextBatch() {
    if (passEpoch != state.epoch()) {
      passEpoch = state.epoch();
      pass = batches.pass(plan.seed() + passEpoch);
    }
    return pass.get(state.batch());
  }

  private double passes() {
    return state.epoch() + (double) state.batch() / pass.size();
  }

  private double done() {
    return passes() / plan.epochs();
  }
}
