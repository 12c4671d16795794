package io.headwater.runtime.http;

import io.javalin.http.Context;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides who may pass an endpoint's door. Thread-safe. */
public final class AccessGuard {
  /** Where a servlet finds the certificates that the client has shown and TLS has verified. */
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private static final String BEARER = "bearer ";

  private final HttpAccess access;

  public AccessGuard(HttpAccess access) {
    this.access = access;
  }

  /** Whether the request comes with all that is asked for. */
  public boolean admits(Context http) {
    return showsCertificate(http) && showsToken(http);
  }

  /** Whether it comes with a certificate, where one is asked for. */
  public boolean showsCertificate(Context http) {
    return !access.wantsCertificate()
        || (http.req().getAttribute(CERTIFICATES) instanceof Object[] chain && chain.length > 0);
  }

  /** Whether it comes with a token, where one is asked for. */
  public boolean showsToken(Context http) {
    if (access.tokens().isEmpty()) {
      return true;
    }
    String presented = bearer(http.header("Authorization"));
    return presented != null && access.tokens().accept(presented);
  }

  /**
   * Lets the request pass, or not.
   *
   * @throws RefusedException when it lacks something
   */
  public void check(Context http) {
    checkCertificate(http);
    if (!showsToken(http)) {
      throw new RefusedException(
          Problem.of(
              401, "unauthorized", "Send Authorization: Bearer and a token that is valid here"));
    }
  }

  /**
   * Lets the request pass as far as its certificate goes.
   *
   * @throws RefusedException when it shows none, and should
   */
  public void checkCertificate(Context http) {
    if (!showsCertificate(http)) {
      throw new RefusedException(
          Problem.of(
              403, "certificate-required", "Show a client certificate of an authority known here"));
    }
  }

  private static @Nullable String bearer(@Nullable String header) {
    return header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? header.substring(BEARER.length()).strip()
        : null;
  }
}
