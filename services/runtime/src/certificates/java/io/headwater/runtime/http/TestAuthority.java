package io.headwater.runtime.http;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import nl.altindag.ssl.SSLFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority for tests: signs certificates for this machine, and makes clients that trust it. */
public final class TestAuthority {
  /** Its keys know their curve, which PEM in the old form needs. */
  private static final Provider PROVIDER = new BouncyCastleProvider();

  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final String authorityName;
  private final KeyPair keys;
  private final X509Certificate certificate;

  /**
   * A certificate and its key.
   *
   * @param certificate signed by the authority
   * @param key in the old form of its algorithm, as certificate managers write it
   */
  public record Identity(X509Certificate certificate, PrivateKey key) {
    /** The certificate in PEM. */
    public String certificatePem() {
      return pem(certificate);
    }

    /** The key in PEM. */
    public String keyPem() {
      return pem(key);
    }

    /** Writes both into a folder. */
    public TlsFiles write(Path folder, Optional<Path> clientAuthority) throws IOException {
      return new TlsFiles(
          Files.writeString(folder.resolve("tls.crt"), certificatePem()),
          Files.writeString(folder.resolve("tls.key"), keyPem()),
          clientAuthority);
    }
  }

  /** A new authority. */
  public TestAuthority(String name) {
    this.authorityName = name;
    this.keys = keys("EC");
    this.certificate = signed(name, name, keys, true);
  }

  /** A new certificate for 127.0.0.1 and localhost, with a key of that algorithm, EC or RSA. */
  public Identity identity(String name, String algorithm) {
    KeyPair own = keys(algorithm);
    return new Identity(signed(name, authorityName, own, false), own.getPrivate());
  }

  /** The authority's certificate in PEM. */
  public String pem() {
    return pem(certificate);
  }

  /** TLS of a client that trusts the authority and shows nothing. */
  public SSLContext client() {
    return SSLFactory.builder().withTrustMaterial(List.of(certificate)).build().getSslContext();
  }

  /** TLS of a client that trusts the authority and shows a certificate. */
  public SSLContext client(Identity identity) {
    return SSLFactory.builder()
        .withTrustMaterial(List.of(certificate))
        .withIdentityMaterial(identity.key(), null, identity.certificate())
        .build()
        .getSslContext();
  }

  private static KeyPair keys(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, PROVIDER);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        generator.initialize(2_048);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate signed(String name, String issuer, KeyPair subject, boolean authority) {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=" + issuer),
            BigInteger.valueOf(SERIAL.getAndIncrement()),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            new X500Name("CN=" + name),
            subject.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!authority) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                  new GeneralName(GeneralName.dNSName, "localhost")
                }));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .setProvider(PROVIDER)
                      .build(keys.getPrivate())));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }
}
