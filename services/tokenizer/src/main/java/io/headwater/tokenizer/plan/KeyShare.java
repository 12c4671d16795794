package io.headwater.tokenizer.plan;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A share of all keys, the same at every instance and after every restart.
 *
 * @param share how many of them, 0 to 1
 * @param salt shares with different salts take different keys
 */
public record KeyShare(double share, String salt) {
  private static final double ALL = 0x1p63;

  public KeyShare {
    requireNonNull(salt, "salt");
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share is 0 to 1, not " + share);
    }
  }

  /** Whether a key belongs to it. */
  public boolean takes(byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return (ByteBuffer.wrap(digest.digest(key)).getLong() >>> 1) / ALL < share;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
