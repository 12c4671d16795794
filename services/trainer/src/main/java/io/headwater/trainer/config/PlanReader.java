package io.headwater.trainer.config;

import io.headwater.trainer.learning.Regularisation;
import io.headwater.trainer.learning.TrainingPlan;

/** Reads how to train. */
final class PlanReader {
  private PlanReader() {}

  static TrainingPlan sentiment(Section training, int seed) {
    double masked = training.share("maskTokens", 0);
    double agreement = training.number("agreement", 0);
    return read(training, seed, new Defaults(3, 0.001, 200, masked, agreement));
  }

  static TrainingPlan translation(Section training, int seed) {
    return read(training, seed, new Defaults(10, 0.0012, 500, 0, 0));
  }

  private record Defaults(
      double epochs, double rate, int warmUp, double masked, double agreement) {}

  private static TrainingPlan read(Section training, int seed, Defaults otherwise) {
    TrainingPlan plan =
        new TrainingPlan(
            training.positive("epochs", otherwise.epochs()),
            training.whole("batchTokens", 2_000, 1, Integer.MAX_VALUE),
            training.positive("learningRate", otherwise.rate()),
            training.whole("warmUp", otherwise.warmUp(), 0, Integer.MAX_VALUE),
            new Regularisation(
                training.number("weightDecay", 0.01),
                training.number("l1", 0),
                training.share("labelSmoothing", 0.1),
                otherwise.masked(),
                training.number("clip", 1),
                otherwise.agreement()),
            training.whole("patience", 3, 0, Integer.MAX_VALUE),
            training.positive("evaluateEvery", 1),
            training.share("average", 0.999),
            seed);
    training.end();
    return plan;
  }
}
