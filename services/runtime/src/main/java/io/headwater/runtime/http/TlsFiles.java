package io.headwater.runtime.http;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The PEM files that an endpoint speaks TLS with.
 *
 * @param certificate its certificate, followed by those that lead to the authority
 * @param key the private key, without a password
 * @param clientAuthority who signs the certificates that clients must show; empty: they show none
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientAuthority) {
  public TlsFiles {
    requireNonNull(certificate, "certificate");
    requireNonNull(key, "key");
    requireNonNull(clientAuthority, "clientAuthority");
  }
}
