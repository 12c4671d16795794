package io.headwater.runtime.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a client needs to be let in. Where both a token and a certificate are asked for, it needs
 * both.
 *
 * @param tokens any of which is asked for
 * @param tls empty for plain HTTP
 */
public record HttpAccess(AccessTokens tokens, Optional<TlsFiles> tls) {
  /** Everybody who reaches the port is let in, over plain HTTP. */
  public static final HttpAccess OPEN = new HttpAccess(AccessTokens.NONE, Optional.empty());

  public HttpAccess {
    requireNonNull(tokens, "tokens");
    requireNonNull(tls, "tls");
  }

  /** Whether clients must show a certificate. */
  public boolean wantsCertificate() {
    return tls.flatMap(TlsFiles::clientAuthority).isPresent();
  }

  /** Whether nothing is asked for. */
  public boolean isOpen() {
    return tokens.isEmpty() && !wantsCertificate();
  }
}
