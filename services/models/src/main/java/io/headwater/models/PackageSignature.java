package io.headwater.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/**
 * The detached signature of a package: Ed25519 over the bytes of {@code model.json}, which names
 * the hash of every file that the package runs on. It stands beside it in base64.
 */
public final class PackageSignature {
  /** Name of the signature's file. */
  public static final String FILE = ModelDescriptor.FILE + ".sig";

  private PackageSignature() {}

  /**
   * Signs a package, which is verified first: nobody shall sign what is damaged.
   *
   * @param key file with the private key, PEM
   * @return the signature's file
   * @throws InvalidModelPackageException when the folder is no package with a {@code model.json}
   * @throws InvalidKeyFileException when the key cannot be used
   */
  public static Path sign(Path folder, Path key) {
    PrivateKey secret = PemKeys.privateKey(key);
    ModelPackage model = ModelPackage.open(folder);
    Path target = model.folder().resolve(FILE);
    try {
      Signature signature = Signature.getInstance(PemKeys.ALGORITHM);
      signature.initSign(secret);
      signature.update(described(folder));
      String text = Base64.getEncoder().encodeToString(signature.sign()) + "\n";
      Path whole = Files.writeString(folder.resolve(FILE + ".part"), text);
      return Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyFileException(key, "cannot sign: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }

  /** Whether the package has a signature file. */
  public static boolean isThere(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  /** Whether the package's signature is by that key. */
  static boolean isBy(PublicKey key, byte[] described, byte[] given) {
    try {
      Signature signature = Signature.getInstance(PemKeys.ALGORITHM);
      signature.initVerify(key);
      signature.update(described);
      return signature.verify(given);
    } catch (GeneralSecurityException e) {
      // Not of the right length, for one.
      return false;
    }
  }

  static byte[] described(Path folder) throws IOException {
    Path file = folder.resolve(ModelDescriptor.FILE);
    if (!Files.isRegularFile(file)) {
      throw new InvalidModelPackageException(
          folder, "it has no " + ModelDescriptor.FILE + ", and only that can be signed");
    }
    return Files.readAllBytes(file);
  }
}
