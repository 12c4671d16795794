package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.headwater.trainer.network.TrainableClassifier;
import io.headwater.trainer.tensor.TorchOps;
import io.headwater.trainer.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A classifier that learns the labels of token rows. */
final class ClassifierTask implements TrainingTask<List<TokenRow>> {
  private final TrainableClassifier classifier;
  private final Regularisation regularisation;
  private final TrainingRows rows;
  private final RowBatches batches;
  private final DevJudge judge;

  ClassifierTask(
      TrainableClassifier classifier, TrainingPlan plan, TrainingRows rows, NDManager manager) {
    this.classifier = classifier;
    this.regularisation = plan.regularisation();
    this.rows = rows;
    this.batches = new RowBatches(rows.train(), plan.batchTokens());
    this.judge = new DevJudge(classifier, manager);
  }

  @Override
  public Weights initial(long seed) {
    return classifier.initial(seed);
  }

  @Override
  public boolean trains(String weight) {
    return classifier.trains(weight);
  }

  @Override
  public String layer(String weight) {
    return classifier.layer(weight);
  }

  @Override
  public String digest() {
    return rows.digest();
  }

  @Override
  public List<List<TokenRow>> pass(long seed) {
    return batches.pass(seed);
  }

  @Override
  public long tokens(List<TokenRow> batch) {
    return batch.stream().mapToLong(row -> row.ids().length).sum();
  }

  @Override
  public NDArray loss(
      TorchOps ops, List<TokenRow> batch, SplittableRandom random, NDManager manager) {
    double agreement = regularisation.agreement();
    List<TokenRow> read = agreement > 0 ? twice(batch) : batch;
    NDArray logits =
        classifier.logits(
            ops, RowTensors.tokens(read, regularisation.maskTokens(), random, manager));
    NDArray loss = RowTensors.loss(logits, read, regularisation.labelSmoothing(), manager);
    return agreement > 0
        ? loss.add(RowTensors.disagreement(logits, batch, manager).mul((float) agreement))
        : loss;
  }

  /** Both halves get dropout and hidden tokens of their own, as each row of a batch does. */
  private static List<TokenRow> twice(List<TokenRow> batch) {
    List<TokenRow> both = new ArrayList<>(batch);
    both.addAll(batch);
    return both;
  }

  @Override
  public Verdict judge(Map<String, NDArray> weights) {
    return judge.judge(weights, rows.dev());
  }
}
