package io.headwater.trainer.attention;

import java.util.Random;

/**
 * What a form of attention reads.
 *
 * @param rows B
 * @param asking Q; in a text within itself, K
 * @param asked K
 * @param width d
 * @param queries {@code [B, Q, d]}; the same array as the memory in a text within itself
 * @param memory {@code [B, K, d]}
 * @param keep {@code [B, K]}
 */
record Texts(
    int rows, int asking, int asked, int width, float[] queries, float[] memory, float[] keep) {

  /** Random texts that look within themselves; everything is kept. */
  static Texts within(Random random, int rows, int length, int width) {
    float[] x = Forms.normal(random, rows * length * width);
    return new Texts(rows, length, length, width, x, x, Forms.ones(rows * length));
  }

  /** Random texts that look at others. */
  static Texts across(Random random, int rows, int asking, int asked, int width) {
    float[] queries = Forms.normal(random, rows * asking * width);
    float[] memory = Forms.normal(random, rows * asked * width);
    return new Texts(rows, asking, asked, width, queries, memory, Forms.ones(rows * asked));
  }

  boolean itself() {
    return queries == memory;
  }

  Texts keeping(float[] others) {
    return new Texts(rows, asking, asked, width, queries, memory, others);
  }

  /** The end of each row is padding, of which the last row has the most. */
  Texts padded() {
    float[] others = keep.clone();
    for (int row = 0; row < rows; row++) {
      for (int key = Math.max(1, asked - 2 * row - 1); key < asked; key++) {
        others[row * asked + key] = 0;
      }
    }
    return keeping(others);
  }

  /** Any key may be hidden; the first row sees nothing at all. */
  Texts masked(Random random, double share) {
    float[] others = keep.clone();
    for (int i = 0; i < others.length; i++) {
      if (i < asked || random.nextDouble() < share) {
        others[i] = 0;
      }
    }
    return keeping(others);
  }

  /** Row {@code row} alone, lengthened by padding that is not zero. */
  Texts alone(int row, int length, Random random) {
    float[] x = Forms.normal(random, length * width);
    System.arraycopy(queries, row * asking * width, x, 0, asking * width);
    float[] kept = new float[length];
    System.arraycopy(keep, row * asked, kept, 0, asked);
    return new Texts(1, length, length, width, x, x, kept);
  }

  /** The same, but with other numbers where the mask hides. */
  Texts withOtherMasked(Random random) {
    float[] others = memory.clone();
    for (int i = 0; i < others.length; i++) {
      if (keep[i / width] == 0) {
        others[i] = (float) (10 * random.nextGaussian());
      }
    }
    return new Texts(rows, asking, asked, width, itself() ? others : queries, others, keep);
  }
}
