package io.headwater.trainer.learning;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How to train.
 *
 * @param epochs most passes over all rows; a part of one is allowed
 * @param batchTokens most tokens of a batch, padding included
 * @param learningRate the largest one
 * @param warmUp steps in which the rate grows from zero; after them it falls along a line to a
 *     twentieth at the end
 * @param regularisation against learning by heart
 * @param patience evaluations without a better score after which training stops early; 0 for never
 * @param evaluateEvery passes between two evaluations
 * @param average how much of the running mean of the weights each step keeps; the mean is what is
 *     judged and kept (Polyak and Juditsky 1992); 0 for the weights as they are
 * @param seed of everything random
 */
public record TrainingPlan(
    double epochs,
    int batchTokens,
    double learningRate,
    int warmUp,
    Regularisation regularisation,
    int patience,
    double evaluateEvery,
    double average,
    long seed) {
  private static final double LAST_SHARE = 0.05;

  /** Refuses numbers that make no plan. */
  public TrainingPlan {
    Objects.requireNonNull(regularisation, "regularisation");
    require(epochs > 0, "epochs is " + epochs + "; more than 0 are needed");
    require(batchTokens >= 1, "batchTokens is " + batchTokens + "; at least 1 is needed");
    require(learningRate > 0, "learningRate is " + learningRate + "; more than 0 is needed");
    require(warmUp >= 0, "warmUp is " + warmUp + "; 0 or more");
    require(patience >= 0, "patience is " + patience + "; 0 or more");
    require(evaluateEvery > 0, "evaluateEvery is " + evaluateEvery + "; more than 0 is needed");
    require(average >= 0 && average < 1, "average is " + average + "; 0 to 1 (exclusive)");
  }

  /**
   * The learning rate of a step.
   *
   * @param step from 1
   * @param done share of the whole training that is done, 0 to 1
   */
  public double rate(long step, double done) {
    double warm = warmUp == 0 ? 1 : Math.min(1, (double) step / warmUp);
    return learningRate * warm * Math.max(LAST_SHARE, 1 - done * (1 - LAST_SHARE));
  }

  /** What it has against learning by heart, for a report; hidden tokens are the task's to tell. */
  public Map<String, Object> againstLearningByHeart() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("weightDecay", regularisation.weightDecay());
    all.put("l1", regularisation.l1());
    all.put("labelSmoothing", regularisation.labelSmoothing());
    all.put("clip", regularisation.clip());
    all.put("patience", patience);
    all.put("average", average);
    return all;
  }

  /** What a checkpoint of it was trained with, by the names that the configuration has for it. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("seed", Long.toString(seed));
    settings.put("training.epochs", Double.toString(epochs));
    settings.put("training.batchTokens", Integer.toString(batchTokens));
    settings.put("training.learningRate", Double.toString(learningRate));
    settings.put("training.warmUp", Integer.toString(warmUp));
    settings.put("training.weightDecay", Double.toString(regularisation.weightDecay()));
    settings.put("training.l1", Double.toString(regularisation.l1()));
    settings.put("training.labelSmoothing", Double.toString(regularisation.labelSmoothing()));
    settings.put("training.maskTokens", Double.toString(regularisation.maskTokens()));
    settings.put("training.clip", Double.toString(regularisation.clip()));
    settings.put("training.agreement", Double.toString(regularisation.agreement()));
    settings.put("training.patience", Integer.toString(patience));
    settings.put("training.evaluateEvery", Double.toString(evaluateEvery));
    settings.put("training.average", Double.toString(average));
    return settings;
  }

  static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }
}
