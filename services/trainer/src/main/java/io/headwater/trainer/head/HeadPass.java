package io.headwater.trainer.head;

import io.headwater.trainer.graph.SentimentHead;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Takes examples through the head and back, and adds up the gradient. Owned by one thread. */
final class HeadPass {

  private static final int LABELS = SentimentHead.LABELS;
  private static final int NEUTRAL = 1;

  final Parameters gradient;
  private final Parameters parameters;
  private final Standardization standardization;
  private final HeadSettings settings;
  private final float[] input;
  private final float[] hidden;
  private final float[] gate;
  private final float[] error;
  private final double[] output = new double[LABELS];

  HeadPass(Parameters parameters, Standardization standardization, HeadSettings settings) {
    int width = parameters.hiddenWeights.length / settings.hidden();
    this.parameters = parameters;
    this.standardization = standardization;
    this.settings = settings;
    this.gradient = new Parameters(width, settings.hidden());
    this.input = new float[width];
    this.hidden = new float[settings.hidden()];
    this.gate = new float[settings.hidden()];
    this.error = new float[settings.hidden()];
  }

  void clearGradient() {
    for (float[] array : gradient.arrays()) {
      Arrays.fill(array, 0);
    }
  }

  /** Adds one example's gradient. What is dropped depends on the seed alone. */
  void learn(Example example, float share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    standardization.apply(example.row(), input);
    dropInputs(random);
    forward(random);
    double[] probabilities = SentimentHead.softmax(output, example.twoWay());
    Arrays.fill(error, 0);
    for (int label = 0; label < LABELS; label++) {
      double target = label == example.label() ? 1 : 0;
      float slope = (float) (probabilities[label] - target) * example.weight() * share;
      if (!(example.twoWay() && label == NEUTRAL)) {
        backThroughLabel(label, slope);
      }
    }
    backThroughHidden();
  }

  private void dropInputs(SplittableRandom random) {
    int threshold = (int) Math.round(settings.inputDropout() * 256);
    if (threshold == 0) {
      return;
    }
    float kept = 256f / (256 - threshold);
    long bits = 0;
    for (int i = 0; i < input.length; i++) {
      bits = i % 8 == 0 ? random.nextLong() : bits >>> 8;
      input[i] = (bits & 255) < threshold ? 0 : input[i] * kept;
    }
  }

  private void forward(SplittableRandom random) {
    int width = hidden.length;
    System.arraycopy(parameters.hiddenBias, 0, hidden, 0, width);
    for (int i = 0; i < input.length; i++) {
      float value = input[i];
      if (value != 0) {
        addScaled(hidden, parameters.hiddenWeights, i * width, value);
      }
    }
    float kept = (float) (1 / (1 - settings.hiddenDropout()));
    for (int k = 0; k < width; k++) {
      boolean open = hidden[k] > 0 && random.nextDouble() >= settings.hiddenDropout();
      gate[k] = open ? kept : 0;
      hidden[k] *= gate[k];
    }
    for (int label = 0; label < LABELS; label++) {
      double sum = parameters.labelBias[label];
      for (int k = 0; k < width; k++) {
        sum += hidden[k] * parameters.labelWeights[k * LABELS + label];
      }
      output[label] = sum;
    }
  }

  private void backThroughLabel(int label, float slope) {
    gradient.labelBias[label] += slope;
    for (int k = 0; k < hidden.length; k++) {
      gradient.labelWeights[k * LABELS + label] += slope * hidden[k];
      error[k] += slope * parameters.labelWeights[k * LABELS + label];
    }
  }

  private void backThroughHidden() {
    int width = hidden.length;
    for (int k = 0; k < width; k++) {
      error[k] *= gate[k];
      gradient.hiddenBias[k] += error[k];
    }
    for (int i = 0; i < input.length; i++) {
      float value = input[i];
      if (value != 0) {
        float[] weights = gradient.hiddenWeights;
        int offset = i * width;
        for (int k = 0; k < width; k++) {
          weights[offset + k] += value * error[k];
        }
      }
    }
  }

  private static void addScaled(float[] sum, float[] values, int offset, float factor) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += factor * values[offset + k];
    }
  }
}
