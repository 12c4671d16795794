package io.headwater.models.explain;

import io.headwater.models.Pooling;

/**
 * How much of each token reaches the end, if attention were all that moves information: each layer
 * passes half of a token on as it is (the residual) and half as its attention mixes it; the layers'
 * matrices are multiplied. Abnar and Zuidema, <i>Quantifying attention flow in transformers</i>,
 * ACL 2020.
 */
final class Rollout {

  private static final float RESIDUAL = 0.5f;

  private final int length;
  private float[][] flow;

  /** Before the first layer each token is itself. */
  Rollout(int length) {
    this.length = length;
    this.flow = new float[length][length];
    for (int i = 0; i < length; i++) {
      flow[i][i] = 1;
    }
  }

  /**
   * Goes through one more layer.
   *
   * @param attention {@code [length][length]}, the mean over its heads
   */
  void through(float[][] attention) {
    float[][] next = new float[length][length];
    for (int to = 0; to < length; to++) {
      for (int by = 0; by < length; by++) {
        float share = (1 - RESIDUAL) * attention[to][by] + (to == by ? RESIDUAL : 0);
        for (int from = 0; from < length; from++) {
          next[to][from] += share * flow[by][from];
        }
      }
    }
    flow = next;
  }

  /** What the pooled vector is made of: a share for each token; they sum to 1. */
  float[] shares(Pooling pooling) {
    if (pooling == Pooling.FIRST) {
      return flow[0].clone();
    }
    float[] mean = new float[length];
    for (float[] row : flow) {
      for (int from = 0; from < length; from++) {
        mean[from] += row[from] / length;
      }
    }
    return mean;
  }
}
