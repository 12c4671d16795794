package io.headwater.trainer.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.headwater.trainer.head.Quality;
import io.headwater.trainer.network.TrainableClassifier;
import io.headwater.trainer.tensor.TorchOps;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Measures weights on rows, without learning from them. Belongs to one thread. */
final class DevJudge {
  private static final int BATCH_TOKENS = 4_096;

  private final TrainableClassifier classifier;
  private final NDManager manager;

  DevJudge(TrainableClassifier classifier, NDManager manager) {
    this.classifier = classifier;
    this.manager = manager;
  }

  Verdict judge(Map<String, NDArray> weights, List<TrainingRows.DevSet> sets) {
    Map<String, Quality> quality = new LinkedHashMap<>();
    double loss = 0;
    long rows = 0;
    for (TrainingRows.DevSet set : sets) {
      float[][] probabilities = new float[set.rows().size()][];
      for (List<Integer> batch : RowBatches.byLength(set.rows(), BATCH_TOKENS)) {
        loss += score(weights, set.rows(), batch, probabilities) * batch.size();
      }
      rows += probabilities.length;
      int[] labels = set.rows().stream().mapToInt(TokenRow::label).toArray();
      quality.put(set.name(), Quality.of(labels, set.twoWay(), probabilities));
    }
    double recall =
        quality.values().stream().mapToDouble(Quality::macroRecall).average().orElse(Double.NaN);
    return new Verdict(loss / rows, recall, quality);
  }

  private double score(
      Map<String, NDArray> weights,
      List<TokenRow> all,
      List<Integer> batch,
      float[][] probabilities) {
    try (NDManager pass = manager.newSubManager()) {
      List<TokenRow> rows = batch.stream().map(all::get).toList();
      NDArray logits =
          classifier.logits(
              new TorchOps(weights, pass, false),
              RowTensors.tokens(rows, 0, new SplittableRandom(0), pass));
      float[] flat = logits.softmax(1).toFloatArray();
      int labels = flat.length / rows.size();
      for (int i = 0; i < rows.size(); i++) {
        probabilities[batch.get(i)] = Arrays.copyOfRange(flat, i * labels, (i + 1) * labels);
      }
      return RowTensors.loss(logits, rows, 0, pass).getFloat();
    }
  }
}
