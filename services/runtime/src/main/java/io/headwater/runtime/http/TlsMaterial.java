package io.headwater.runtime.http;

import io.headwater.runtime.http.TlsContext.TlsTexts;
import io.headwater.runtime.lifecycle.StartException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;

/**
 * Certificates and a key, taken from PEM files and found to belong together.
 *
 * @param chain the certificate, and those that lead to its authority
 * @param key the certificate's
 * @param clientAuthorities empty where clients need no certificate
 */
record TlsMaterial(
    List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientAuthorities) {
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  TlsMaterial {
    chain = List.copyOf(chain);
    clientAuthorities = List.copyOf(clientAuthorities);
  }

  /**
   * Takes them out of their files.
   *
   * @param files only for messages
   * @throws StartException when they cannot be used; tells nothing of what is in them
   */
  static TlsMaterial of(TlsTexts texts, TlsFiles files) {
    List<X509Certificate> chain =
        certificates(HttpSettings.CERTIFICATE, files.certificate(), texts.certificate());
    PrivateKey parsed =
        parsed(
            HttpSettings.KEY,
            files.key(),
            "no private key in PEM without a password",
            () -> PemUtils.parsePrivateKey(texts.key()));
    PrivateKey key =
        keyOf(chain.get(0).getPublicKey(), parsed)
            .orElseThrow(
                () ->
                    new StartException(
                        "%s: the key in %s is not that of the certificate in %s"
                            .formatted(HttpSettings.KEY, files.key(), files.certificate())));
    List<X509Certificate> authorities = new ArrayList<>();
    texts
        .clientAuthority()
        .ifPresent(
            text ->
                authorities.addAll(
                    certificates(
                        HttpSettings.CLIENT_CA, files.clientAuthority().orElseThrow(), text)));
    return new TlsMaterial(chain, key, authorities);
  }

  /** For an endpoint; {@code lasting} when it takes in others later. */
  SSLFactory server(boolean lasting) {
    SSLFactory.Builder builder = builder(lasting);
    if (!clientAuthorities.isEmpty()) {
      builder.withTrustMaterial(clientAuthorities);
    }
    return builder.build();
  }

  /** For a client of such endpoints; {@code lasting} when it takes in others later. */
  SSLFactory peer(boolean lasting) {
    SSLFactory.Builder builder =
        builder(lasting).withDefaultTrustMaterial().withTrustMaterial(chain);
    if (!clientAuthorities.isEmpty()) {
      builder.withTrustMaterial(clientAuthorities);
    }
    return builder.build();
  }

  private SSLFactory.Builder builder(boolean lasting) {
    SSLFactory.Builder builder =
        SSLFactory.builder().withIdentityMaterial(key, null, chain.toArray(X509Certificate[]::new));
    return lasting ? builder.withSwappableIdentityMaterial().withSwappableTrustMaterial() : builder;
  }

  /** Whose it is and until when, for the log. */
  String inWords() {
    X509Certificate own = chain.get(0);
    return "subject=\"%s\" expires=%s"
        .formatted(own.getSubjectX500Principal(), own.getNotAfter().toInstant());
  }

  private static List<X509Certificate> certificates(String setting, Path file, String text) {
    return parsed(setting, file, "no certificate in PEM", () -> PemUtils.parseCertificate(text));
  }

  // The parser's own words could repeat a part of the file.
  private static <T> T parsed(String setting, Path file, String what, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (RuntimeException e) {
      throw new StartException("%s: there is %s in %s".formatted(setting, what, file));
    }
  }

  /**
   * The key as Java's own TLS knows it, which wants its algorithm to have the same name as the
   * certificate's; empty when it is the key of another.
   */
  private static Optional<PrivateKey> keyOf(PublicKey certified, PrivateKey parsed) {
    String algorithm = certified.getAlgorithm();
    byte[] sample = {1, 2, 3};
    try {
      PrivateKey key =
          KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(parsed.getEncoded()));
      Signature signature = Signature.getInstance(SIGNATURES.getOrDefault(algorithm, algorithm));
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(sample);
      return signature.verify(signed) ? Optional.of(key) : Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }
}
