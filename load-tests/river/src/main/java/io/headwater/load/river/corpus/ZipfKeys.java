package io.headwater.load.river.corpus;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Keys as uneven as real conversations: the k-th most frequent comes in proportion to {@code 1 /
 * k^exponent} (Zipf). Which key a message has follows from its number. Immutable.
 */
public final class ZipfKeys {
  private final double[] shares;
  private final long seed;

  /**
   * So many keys.
   *
   * @param exponent 0: all alike; about 1: as words of a language
   */
  public ZipfKeys(int keys, double exponent, long seed) {
    if (keys < 1 || exponent < 0) {
      throw new IllegalArgumentException("Zipf keys: at least one, with an exponent from 0");
    }
    this.seed = seed;
    this.shares = new double[keys];
    double sum = 0;
    for (int rank = 0; rank < keys; rank++) {
      sum += Math.pow(rank + 1, -exponent);
      shares[rank] = sum;
    }
    for (int rank = 0; rank < keys; rank++) {
      shares[rank] /= sum;
    }
  }

  /** Rank of the key of the message with that number; 0 is the most frequent. */
  public int rank(long number) {
    double drawn = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L).nextDouble();
    int found = Arrays.binarySearch(shares, drawn);
    return Math.min(shares.length - 1, found < 0 ? -found - 1 : found + 1);
  }

  /** The key of the message with that number. */
  public String key(long number) {
    return "c-" + rank(number);
  }
}
