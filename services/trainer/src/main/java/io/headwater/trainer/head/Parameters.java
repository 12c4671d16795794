package io.headwater.trainer.head;

import io.headwater.trainer.graph.SentimentHead;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The four arrays of a head in training, or of its gradient. */
final class Parameters {

  final float[] hiddenWeights;
  final float[] hiddenBias;
  final float[] labelWeights;
  final float[] labelBias;

  Parameters(int inputs, int hidden) {
    this.hiddenWeights = new float[inputs * hidden];
    this.hiddenBias = new float[hidden];
    this.labelWeights = new float[hidden * SentimentHead.LABELS];
    this.labelBias = new float[SentimentHead.LABELS];
  }

  /** Small random weights that keep the size of what passes through; biases stay zero. */
  static Parameters random(int inputs, int hidden, long seed) {
    Parameters parameters = new Parameters(inputs, hidden);
    SplittableRandom random = new SplittableRandom(seed);
    fill(parameters.hiddenWeights, random, inputs);
    fill(parameters.labelWeights, random, hidden);
    return parameters;
  }

  private static void fill(float[] weights, RandomGenerator random, int inputs) {
    double spread = Math.sqrt(1.0 / inputs);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() * spread);
    }
  }

  /** All arrays, weights before their bias. */
  float[][] arrays() {
    return new float[][] {hiddenWeights, hiddenBias, labelWeights, labelBias};
  }
}
