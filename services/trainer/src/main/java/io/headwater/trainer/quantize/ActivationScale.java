package io.headwater.trainer.quantize;

import java.util.Objects;

/**
 * How the numbers that go into a linear layer become 8-bit integers: {@code q = x / factor / scale
 * + zeroPoint}, rounded and kept within 0 to 255. All of it is fixed, so that a token becomes the
 * same integers whatever stands beside it.
 *
 * @param scale what one step is worth
 * @param zeroPoint the integer that stands for zero
 * @param smoothing for each channel its factor, in eighths of a power of two: channels with large
 *     numbers are made smaller, and their weights larger
 */
@SuppressWarnings("ArrayRecordComponent") // a number for each of hundreds of channels
public record ActivationScale(float scale, int zeroPoint, int[] smoothing) {
  /** Largest integer of an activation. */
  static final int LARGEST = 255;

  private static final double EIGHTHS = 8;

  /** Refuses what is no scale. */
  public ActivationScale {
    Objects.requireNonNull(smoothing, "smoothing");
    if (!(scale > 0) || Float.isInfinite(scale) || zeroPoint < 0 || zeroPoint > LARGEST) {
      throw new IllegalArgumentException(
          "scale %s with zero at %d is none for 8 bits".formatted(scale, zeroPoint));
    }
  }

  /** What a channel's numbers are divided by, and its weights multiplied with. */
  float factor(int channel) {
    return factorOf(smoothing[channel]);
  }

  /** What each channel's numbers are multiplied with. */
  float[] inverses() {
    float[] inverses = new float[smoothing.length];
    for (int channel = 0; channel < inverses.length; channel++) {
      inverses[channel] = factorOf(-smoothing[channel]);
    }
    return inverses;
  }

  /** The factor of so many eighths of a power of two; the same bits on every machine. */
  static float factorOf(int eighths) {
    return (float) StrictMath.pow(2, eighths / EIGHTHS);
  }

  /** The nearest number of eighths. */
  static int eighthsOf(double factor) {
    return (int) Math.round(EIGHTHS * StrictMath.log(factor) / StrictMath.log(2));
  }

  /** A number as its integer gives it back. */
  float rounded(float smoothed) {
    double steps = Math.rint(smoothed / scale) + zeroPoint;
    return (float) (Math.max(0, Math.min(LARGEST, steps)) - zeroPoint) * scale;
  }
}
