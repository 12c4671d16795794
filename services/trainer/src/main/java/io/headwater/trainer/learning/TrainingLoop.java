package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.TorchOps;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains a task. Stopped at any moment, it goes on from its last checkpoint with the same batches,
 * the same dropout and the same masks, and comes to the same weights, bit by bit. One thread, used
 * once.
 *
 * @param <B> a batch
 */
public final class TrainingLoop<B> {
  private static final int CURVE_POINTS = 300;

  private final TrainingTask<B> task;
  private final TrainingPlan plan;
  private final RunFolder folder;
  private final TrainingObserver observer;
  private final NDManager manager;
  private final TrainingState state;
  private List<B> pass;
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
  public TrainingLoop(
      TrainingTask<B> task,
      TrainingPlan plan,
      RunFolder folder,
      TrainingObserver observer,
      NDManager manager)
      throws IOException {
    this.task = task;
    this.plan = plan;
    this.folder = folder;
    this.observer = observer;
    this.manager = manager;
    Files.createDirectories(folder.path());
    Map<String, String> settings = new LinkedHashMap<>(folder.settings());
    settings.putAll(plan.settings());
    settings.put("data.train", task.digest());
    WeightArrays weights = new WeightArrays(task.initial(plan.seed()), task::trains, manager);
    this.state = new TrainingState(folder, settings, weights, plan, manager);
    this.passEpoch = state.epoch();
    this.pass = task.pass(plan.seed() + passEpoch);
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
    Evaluation evaluation = state.addEvaluation(passes(), task.judge(state.judged()));
    if (evaluation.best()) {
      WeightsFile.write(state.weights().toWeights(state.judged()), folder.bestWeights());
    }
    observer.evaluated(evaluation);
  }

  private void learn(Stopwatch watch) {
    B batch = nextBatch();
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
    watch.count(task.tokens(batch), loss);
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
    norms.forEach((name, norm) -> layers.merge(task.layer(name), norm, Math::hypot));
    return layers;
  }

  /** Adds the gradients of a batch. What is random in it depends on seed and step alone. */
  private float backward(B batch, long step) {
    long seed = new SplittableRandom(plan.seed() * 1_000_003 + step).nextLong();
    Torch.seed((int) seed);
    try (NDManager own = manager.newSubManager();
        GradientCollector collector = Torch.newCollector()) {
      TorchOps ops = new TorchOps(state.weights().all(), own, true);
      NDArray loss = task.loss(ops, batch, new SplittableRandom(seed), own);
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  private B nextBatch() {
    if (passEpoch != state.epoch()) {
      passEpoch = state.epoch();
      pass = task.pass(plan.seed() + passEpoch);
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
