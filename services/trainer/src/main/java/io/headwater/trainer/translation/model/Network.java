package io.headwater.trainer.translation.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.text.TokenPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What training asks of a transformer: the loss of a batch with its gradients, and translations.
 * Belongs to one thread.
 */
public final class Network {
  private final Parameters parameters;
  private final Transformer training;
  private final Transformer inference;
  private final float smoothing;

  /**
   * A network over weights.
   *
   * @param dropout share of numbers silenced while training
   * @param smoothing share of the target's probability that is spread over the vocabulary (label
   *     smoothing, Szegedy et al. 2016, "Rethinking the Inception Architecture for Computer
   *     Vision")
   */
  public Network(Parameters parameters, float dropout, float smoothing) {
    this.parameters = parameters;
    this.training = new Transformer(parameters, dropout);
    this.inference = new Transformer(parameters, 0);
    this.smoothing = smoothing;
  }

  /**
   * The smoothed cross-entropy of a batch, in nats per target token; its gradients are added to the
   * weights'.
   */
  public float learn(List<TokenPair> batch, NDManager parent) {
    try (NDManager manager = parent.newSubManager();
        GradientCollector collector = Torch.newCollector()) {
      NDArray loss = loss(training, batch, manager, smoothing);
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  /** The cross-entropy of a batch without smoothing and without learning from it. */
  public float loss(List<TokenPair> batch, NDManager parent) {
    try (NDManager manager = parent.newSubManager()) {
      return loss(inference, batch, manager, 0).getFloat();
    }
  }

  private NDArray loss(
      Transformer network, List<TokenPair> batch, NDManager manager, float spread) {
    TokenBatch sources = TokenBatch.of(batch.stream().map(TokenPair::source).toList(), manager);
    TokenBatch labels = TokenBatch.of(batch.stream().map(TokenPair::target).toList(), manager);
    TokenBatch shifted =
        TokenBatch.of(batch.stream().map(TokenPair::shiftedTarget).toList(), manager);
    NDArray bias = sources.attentionBias();
    NDArray memory = network.encode(sources.ids(), bias);
    NDArray decoded = network.decode(shifted.ids(), memory, bias);
    long cells = labels.ids().size();
    NDArray likelihoods =
        network.logits(decoded.reshape(cells, parameters.shape().width())).logSoftmax(-1);
    NDArray right = likelihoods.gather(labels.ids().reshape(cells, 1), 1).reshape(cells);
    NDArray judged =
        spread == 0
            ? right
            : right.mul(1 - spread).add(likelihoods.mean(new int[] {1}).mul(spread));
    NDArray real = labels.mask().reshape(cells);
    return judged.mul(real).sum().neg().div(real.sum());
  }

  /**
   * The greedy translation of each source. Everything written so far is read again for each token:
   * slow, plain, and a second opinion on what the exported graph does with its cache.
   *
   * @param sources ids with the end; of similar lengths, best
   * @param most tokens after which a translation is cut off
   * @return ids without start and end
   */
  public List<int[]> translate(List<int[]> sources, int most, NDManager parent) {
    try (NDManager manager = parent.newSubManager()) {
      TokenBatch batch = TokenBatch.of(sources, manager);
      NDArray bias = batch.attentionBias();
      NDArray memory = inference.encode(batch.ids(), bias);
      long[][] written = new long[sources.size()][most + 1];
      int[] lengths = new int[sources.size()];
      boolean[] finished = new boolean[sources.size()];
      for (long[] row : written) {
        row[0] = TransformerShape.START;
      }
      for (int step = 0; step < most && !all(finished); step++) {
        long[] best = next(written, step + 1, new NDList(memory, bias), manager);
        for (int row = 0; row < best.length; row++) {
          finished[row] |= best[row] == TransformerShape.END;
          written[row][step + 1] = best[row];
          lengths[row] += finished[row] ? 0 : 1;
        }
      }
      List<int[]> translations = new ArrayList<>(sources.size());
      for (int row = 0; row < lengths.length; row++) {
        translations.add(
            Arrays.stream(written[row], 1, lengths[row] + 1).mapToInt(Math::toIntExact).toArray());
      }
      return translations;
    }
  }

  private long[] next(long[][] written, int length, NDList source, NDManager parent) {
    long[] flat = new long[written.length * length];
    for (int row = 0; row < written.length; row++) {
      System.arraycopy(written[row], 0, flat, row * length, length);
    }
    try (NDManager manager = parent.newSubManager()) {
      source.tempAttach(manager);
      NDArray ids = manager.create(flat, new Shape(written.length, length));
      NDArray decoded = inference.decode(ids, source.get(0), source.get(1));
      return inference.logits(decoded.get(":,-1")).argMax(1).toLongArray();
    }
  }

  private static boolean all(boolean[] finished) {
    for (boolean done : finished) {
      if (!done) {
        return false;
      }
    }
    return true;
  }
}
