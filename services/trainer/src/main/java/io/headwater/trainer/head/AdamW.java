package io.headwater.trainer.head;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization",
 * 2019). Decay acts on weights, not on biases.
 */
final class AdamW {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final float[][] parameters;
  private final float[][] mean;
  private final float[][] square;
  private final double weightDecay;
  private int steps;

  AdamW(Parameters parameters, double weightDecay) {
    this.parameters = parameters.arrays();
    this.mean = zerosLike(this.parameters);
    this.square = zerosLike(this.parameters);
    this.weightDecay = weightDecay;
  }

  /** Moves the parameters against a gradient. */
  void step(Parameters gradient, double learningRate) {
    steps++;
    float rate = (float) (learningRate / (1 - Math.pow(BETA1, steps)));
    float correction = (float) (1 / (1 - Math.pow(BETA2, steps)));
    float[][] gradients = gradient.arrays();
    for (int array = 0; array < parameters.length; array++) {
      boolean weights = array % 2 == 0;
      float decay = weights ? (float) (learningRate * weightDecay) : 0;
      float[] p = parameters[array];
      float[] g = gradients[array];
      float[] m = mean[array];
      float[] s = square[array];
      for (int i = 0; i < p.length; i++) {
        m[i] = BETA1 * m[i] + (1 - BETA1) * g[i];
        s[i] = BETA2 * s[i] + (1 - BETA2) * g[i] * g[i];
        p[i] -= rate * m[i] / ((float) Math.sqrt(s[i] * correction) + EPSILON) + decay * p[i];
      }
    }
  }

  private static float[][] zerosLike(float[][] arrays) {
    float[][] zeros = new float[arrays.length][];
    for (int i = 0; i < arrays.length; i++) {
      zeros[i] = new float[arrays[i].length];
    }
    return zeros;
  }
}
