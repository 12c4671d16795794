package io.headwater.aggregator.http;

import static java.util.Objects.requireNonNull;

import io.headwater.runtime.http.AccessTokens;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cookies of those who logged in. Nothing is kept of them: a cookie is its expiry, signed with
 * a key made from the token that was given. So every instance with that token knows it, also after
 * a restart, and none does once the token is taken away. Thread-safe.
 */
final class SessionCookies {
  static final Duration LIFE = Duration.ofHours(12);

  private static final String NAME = "headwater-session";
  private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\.([A-Za-z0-9_-]{43})");
  private static final String HMAC = "HmacSHA256";

  private final AccessTokens tokens;
  private final Clock clock;
  private final boolean secure;

  /**
   * Cookies for these tokens.
   *
   * @param secure whether browsers may send them over TLS only
   */
  SessionCookies(AccessTokens tokens, Clock clock, boolean secure) {
    this.tokens = requireNonNull(tokens, "tokens");
    this.clock = requireNonNull(clock, "clock");
    this.secure = secure;
  }

  /** Gives the client a cookie for a token that was found to be valid. */
  void issue(Context http, String token) {
    long expires = clock.instant().plus(LIFE).getEpochSecond();
    http.cookie(cookie(expires + "." + signature(token, expires), (int) LIFE.toSeconds()));
  }

  /** Takes the client's cookie away. */
  void withdraw(Context http) {
    http.cookie(cookie("", 0));
  }

  /** Whether the request comes with a cookie that is ours and has not expired. */
  boolean admit(Context http) {
    String value = http.cookie(name());
    Matcher form = FORM.matcher(value == null ? "" : value);
    if (!form.matches()) {
      return false;
    }
    long expires = Long.parseLong(form.group(1));
    if (expires <= clock.instant().getEpochSecond()) {
      return false;
    }
    byte[] presented = form.group(2).getBytes(StandardCharsets.US_ASCII);
    boolean known = false;
    for (String token : tokens.all()) {
      byte[] right = signature(token, expires).getBytes(StandardCharsets.US_ASCII);
      known |= MessageDigest.isEqual(right, presented);
    }
    return known;
  }

  private Cookie cookie(String value, int maxAge) {
    Cookie cookie = new Cookie(name(), value, "/", maxAge);
    cookie.setHttpOnly(true);
    cookie.setSecure(secure);
    cookie.setSameSite(SameSite.STRICT);
    return cookie;
  }

  // With this prefix a browser takes it from nobody but this host, over TLS.
  private String name() {
    return secure ? "__Host-" + NAME : NAME;
  }

  private static String signature(String token, long expires) {
    byte[] key = hmac(token.getBytes(StandardCharsets.UTF_8), NAME + " key");
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, "until " + expires));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + HMAC, e);
    }
  }
}
