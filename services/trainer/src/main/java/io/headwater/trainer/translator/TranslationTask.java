package io.headwater.trainer.translator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.headwater.trainer.learning.TokenTensors;
import io.headwater.trainer.learning.TrainingPlan;
import io.headwater.trainer.learning.TrainingTask;
import io.headwater.trainer.learning.Verdict;
import io.headwater.trainer.network.Tokens;
import io.headwater.trainer.network.TranslationNetwork;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.Weights;
import io.headwater.trainer.translation.quality.Bleu;
import io.headwater.trainer.translation.text.PairBatches;
import io.headwater.trainer.translation.text.PairEncoder;
import io.headwater.trainer.translation.text.TokenPair;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A network that learns to translate pairs, and is judged by the BLEU of its greedy translations of
 * the dev sentences.
 */
final class TranslationTask implements TrainingTask<List<TokenPair>> {
  private final TranslationNetwork network;
  private final PreparedPairs pairs;
  private final TrainingPlan plan;
  private final PairEncoder encoder;
  private final NDManager manager;
  private Optional<Judged> last = Optional.empty();

  /**
   * What came of the dev sentences.
   *
   * @param translations in their order
   */
  record Judged(Bleu bleu, List<String> translations) {}

  TranslationTask(
      TranslationNetwork network,
      PreparedPairs pairs,
      TrainingPlan plan,
      PairEncoder encoder,
      NDManager manager) {
    this.network = network;
    this.pairs = pairs;
    this.plan = plan;
    this.encoder = encoder;
    this.manager = manager;
  }

  /** The last evaluation; empty before there was one. */
  Optional<Judged> last() {
    return last;
  }

  @Override
  public Weights initial(long seed) {
    return network.initial(seed);
  }

  @Override
  public String digest() {
    int hash = 1;
    for (TokenPair pair : pairs.train()) {
      hash = 31 * hash + Arrays.hashCode(pair.source());
      hash = 31 * hash + Arrays.hashCode(pair.target());
    }
    return "%d pairs, hash %08x".formatted(pairs.train().size(), hash);
  }

  @Override
  public List<List<TokenPair>> pass(long seed) {
    return new PairBatches(pairs.passes().pass(seed), plan.batchTokens()).pass(seed);
  }

  @Override
  public long tokens(List<TokenPair> batch) {
    return batch.stream().mapToLong(pair -> pair.source().length + pair.target().length).sum();
  }

  @Override
  public NDArray loss(TorchOps ops, List<TokenPair> batch, SplittableRandom random, NDManager own) {
    return loss(ops, batch, plan.regularisation().labelSmoothing(), own);
  }

  /** The mean cross-entropy of the targets' tokens, in nats. */
  private NDArray loss(TorchOps ops, List<TokenPair> batch, double smoothing, NDManager own) {
    Tokens<NDArray> source = TokenTensors.of(batch.stream().map(TokenPair::source).toList(), own);
    Tokens<NDArray> labels = TokenTensors.of(batch.stream().map(TokenPair::target).toList(), own);
    List<int[]> shifted = batch.stream().map(TokenPair::shiftedTarget).toList();
    NDArray read = TokenTensors.of(shifted, own).ids();
    NDArray logits = network.decode(ops, read, network.encode(ops, source), source.keep()).logits();
    long cells = labels.ids().size();
    NDArray likelihoods = logits.reshape(cells, logits.getShape().get(2)).logSoftmax(-1);
    NDArray right = likelihoods.gather(labels.ids().reshape(cells, 1), 1).reshape(cells);
    NDArray judged =
        smoothing == 0
            ? right
            : right.mul(1 - smoothing).add(likelihoods.mean(new int[] {1}).mul(smoothing));
    NDArray real = labels.keep().reshape(cells);
    return judged.mul(real).sum().neg().div(real.sum());
  }

  @Override
  public Verdict judge(Map<String, NDArray> weights) {
    double loss = 0;
    long tokens = 0;
    for (List<TokenPair> batch : new PairBatches(pairs.dev(), plan.batchTokens()).pass(1)) {
      long read = batch.stream().mapToLong(pair -> pair.target().length).sum();
      try (NDManager own = manager.newSubManager()) {
        loss += loss(new TorchOps(weights, own, false), batch, 0, own).getFloat() * read;
      }
      tokens += read;
    }
    List<String> translations =
        new GreedyTranslation(network, weights, manager)
            .translate(pairs.dev().stream().map(TokenPair::source).toList()).stream()
                .map(encoder::decode)
                .toList();
    Bleu bleu = Bleu.of(translations, pairs.devTexts().targets());
    last = Optional.of(new Judged(bleu, translations));
    return new Verdict(loss / tokens, bleu.score(), Map.of());
  }
}
