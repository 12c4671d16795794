package io.headwater.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ed25519 keys in PEM, as {@code openssl genpkey -algorithm ed25519} writes them. */
final class PemKeys {
  static final String ALGORITHM = "Ed25519";

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private PemKeys() {}

  /**
   * The key that signs.
   *
   * @throws InvalidKeyFileException when the file holds none; the message shows nothing of it
   */
  static PrivateKey privateKey(Path file) {
    List<byte[]> blocks = blocks(file, "PRIVATE KEY");
    if (blocks.size() != 1) {
      throw new InvalidKeyFileException(file, "holds no PRIVATE KEY in PEM (one, not encrypted)");
    }
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(blocks.get(0)));
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyFileException(file, "holds a private key that is not Ed25519");
    }
  }

  /**
   * The keys that signatures are checked with.
   *
   * @throws InvalidKeyFileException when the file holds none
   */
  static List<PublicKey> publicKeys(Path file) {
    List<byte[]> blocks = blocks(file, "PUBLIC KEY");
    if (blocks.isEmpty()) {
      throw new InvalidKeyFileException(file, "holds no PUBLIC KEY in PEM");
    }
    List<PublicKey> keys = new ArrayList<>();
    for (byte[] block : blocks) {
      try {
        keys.add(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(block)));
      } catch (GeneralSecurityException e) {
        throw new InvalidKeyFileException(file, "holds a public key that is not Ed25519");
      }
    }
    return keys;
  }

  private static List<byte[]> blocks(Path file, String kind) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new InvalidKeyFileException(file, "cannot be read");
    }
    List<byte[]> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      if (kind.equals(matcher.group(1))) {
        blocks.add(Base64.getMimeDecoder().decode(String.valueOf(matcher.group(2))));
      }
    }
    return blocks;
  }
}
