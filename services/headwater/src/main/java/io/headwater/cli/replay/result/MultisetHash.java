package io.headwater.cli.replay.result;

import java.math.BigInteger;

/**
 * A checksum of records in any order: the sum, modulo 2^256, of their SHA-256 digests. Each record
 * counts as often as it is there. (AdHash: Bellare and Micciancio, "A new paradigm for
 * collision-free hashing: incrementality at reduced cost", Eurocrypt 1997.) It finds accidents; who
 * can choose the records can make two sets with the same sum.
 */
public final class MultisetHash {
  private static final int BITS = 256;
  private static final BigInteger MASK = BigInteger.ONE.shiftLeft(BITS).subtract(BigInteger.ONE);

  private BigInteger sum = BigInteger.ZERO;

  /** Adds a record by its SHA-256 digest. */
  public void add(byte[] digest) {
    sum = sum.add(new BigInteger(1, digest)).and(MASK);
  }

  /** The checksum so far, as 64 hex digits. */
  public String hex() {
    String digits = sum.toString(16);
    return "0".repeat(BITS / 4 - digits.length()) + digits;
  }
}
