package io.headwater.trainer.translation.training;

import ai.djl.ndarray.NDManager;
import io.headwater.trainer.learning.TrainingObserver.Progress;
import io.headwater.trainer.translation.model.Network;
import io.headwater.trainer.translation.text.PairBatches;
import io.headwater.trainer.translation.text.PassPairs;
import io.headwater.trainer.translation.text.TokenPair;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Trains a transformer on token pairs. Stopped at any moment, it goes on from its last checkpoint:
 * the same passes, in the same order, from the batch where it stood. One thread, used once.
 */
public final class TranslationTraining {
  private static final long REPORT_NANOS = Duration.ofSeconds(20).toNanos();
  private static final long CHECKPOINT_NANOS = Duration.ofMinutes(4).toNanos();

  private final TrainingPlan plan;
  private final PassPairs pairs;
  private final TrainingObserver observer;
  private final TrainingState state;
  private final boolean judgedFirst;
  private final Network network;
  private final NDManager manager;
  private long batchesPerPass;
  private long begun;
  private double begunAt;
  private long reported;
  private long saved;
  private double lossSum;
  private int lossCount;
  private long tokens;

  /**
   * A training that goes on from the folder's checkpoint, if there is one.
   *
   * @param beginning what it begins with, if there is no checkpoint
   * @param folder where checkpoints are kept
   * @param manager owns all arrays
   * @throws IOException if the checkpoint cannot be read
   */
  public TranslationTraining(
      Beginning beginning,
      TrainingPlan plan,
      PassPairs pairs,
      Path folder,
      TrainingObserver observer,
      NDManager manager)
      throws IOException {
    this.plan = plan;
    this.pairs = pairs;
    this.judgedFirst = beginning.weights().isPresent();
    this.observer = observer;
    this.manager = manager;
    this.state = TrainingState.open(folder, beginning, plan.seed(), manager);
    this.network = new Network(state.parameters(), plan.dropout(), plan.smoothing());
  }

  /**
   * Trains to the end of the plan.
   *
   * @throws IOException if a checkpoint cannot be written
   * @throws IllegalStateException if the loss is no number any more
   */
  public void run() throws IOException {
    List<List<TokenPair>> pass = pass();
    begun = System.nanoTime();
    begunAt = done();
    reported = begun;
    saved = begun;
    if (done() >= 1 || (judgedFirst && state.steps() == 0)) {
      observer.evaluate(done() * plan.epochs(), state.mean());
    }
    while (done() < 1) {
      for (List<TokenPair> batch : rest(pass)) {
        learn(batch);
        if (done() >= 1) {
          break;
        }
      }
      if (state.batch() >= batchesPerPass) {
        state.passEnds();
        if (done() < 1) {
          pass = pass();
        }
      }
      state.save();
      observer.evaluate(done() * plan.epochs(), state.mean());
    }
  }

  /** The batches of the pass under way. */
  private List<List<TokenPair>> pass() {
    long seed = plan.seed() + state.epoch();
    List<List<TokenPair>> pass = new PairBatches(pairs.pass(seed), plan.batchTokens()).pass(seed);
    batchesPerPass = pass.size();
    return pass;
  }

  private List<List<TokenPair>> rest(List<List<TokenPair>> pass) {
    return pass.subList(Math.min(state.batch(), pass.size()), pass.size());
  }

  private void learn(List<TokenPair> batch) throws IOException {
    float loss = network.learn(batch, manager);
    if (!Float.isFinite(loss)) {
      throw new IllegalStateException(
          "the loss is %s after step %d: go on from the last checkpoint with a smaller rate"
              .formatted(loss, state.steps()));
    }
    double rate = plan.rate(state.steps() + 1, done());
    float norm = state.step(rate);
    lossSum += loss;
    lossCount++;
    for (TokenPair pair : batch) {
      tokens += pair.source().length + pair.target().length;
    }
    long now = System.nanoTime();
    if (now - reported >= REPORT_NANOS) {
      report(now, rate, norm);
    }
    if (now - saved >= CHECKPOINT_NANOS) {
      state.save();
      saved = now;
    }
  }

  private void report(long now, double rate, float norm) {
    double seconds = (now - reported) / 1e9;
    double share = done() - begunAt;
    double left = share <= 0 ? 0 : (1 - done()) * (now - begun) / 1e9 / share;
    observer.progress(
        new Progress(
            done() * plan.epochs(),
            plan.epochs(),
            state.steps(),
            lossSum / Math.max(1, lossCount),
            rate,
            norm,
            tokens / seconds,
            left));
    reported = now;
    lossSum = 0;
    lossCount = 0;
    tokens = 0;
  }

  private double done() {
    double passes = state.epoch() + (double) state.batch() / batchesPerPass;
    return passes / plan.epochs();
  }
}
