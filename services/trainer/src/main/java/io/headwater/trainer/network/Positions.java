package io.headwater.trainer.network;

/** Where a token stands, as sines and cosines of falling frequency (Vaswani et al. 2017). */
final class Positions {
  private static final double BASE = 10_000;

  private Positions() {}

  /** {@code [positions, width]}, flat. */
  static float[] sinusoidal(int positions, int width) {
    float[] table = new float[positions * width];
    for (int position = 0; position < positions; position++) {
      for (int pair = 0; pair < width / 2; pair++) {
        double angle = position / Math.pow(BASE, 2.0 * pair / width);
        table[position * width + 2 * pair] = (float) StrictMath.sin(angle);
        table[position * width + 2 * pair + 1] = (float) StrictMath.cos(angle);
      }
    }
    return table;
  }
}
