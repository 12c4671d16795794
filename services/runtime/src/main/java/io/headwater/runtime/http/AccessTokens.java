package io.headwater.runtime.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The secrets that open an endpoint; any one of them does, so that a new one can come before the
 * old one goes.
 *
 * @param all in the order given; empty where no token is asked for
 */
public record AccessTokens(List<String> all) {
  /** No token is asked for. */
  public static final AccessTokens NONE = new AccessTokens(List.of());

  private static final int LEAST = 16;

  /** What may stand in a header, as RFC 6750 has it. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  public AccessTokens {
    all = List.copyOf(all);
    if (!all.stream().allMatch(token -> token.length() >= LEAST && FORM.matcher(token).matches())) {
      throw new IllegalArgumentException(
          "a token has at least %d characters, of letters, digits and -._~+/ (make one with `openssl rand -hex 32`)"
              .formatted(LEAST));
    }
  }

  /**
   * Reads tokens separated by white space or commas.
   *
   * @throws IllegalArgumentException when one is too short or could not be sent; does not name it
   */
  public static AccessTokens parse(String text) {
    return new AccessTokens(
        Stream.of(text.split("[\\s,]+")).filter(token -> !token.isEmpty()).toList());
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether it is one of them. Takes as long for any wrong one. */
  public boolean accept(String presented) {
    byte[] digest = digest(presented);
    boolean known = false;
    for (String token : all) {
      known |= MessageDigest.isEqual(digest(token), digest);
    }
    return known;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Their number only: this may end in a log. */
  @Override
  public String toString() {
    return "AccessTokens[%d]".formatted(all.size());
  }
}
