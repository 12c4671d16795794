package io.headwater.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whose signatures of packages are believed.
 *
 * @param keys Ed25519; none when packages need no signature
 */
public record TrustedKeys(List<PublicKey> keys) {
  /** Packages need no signature. */
  public static final TrustedKeys NOT_ASKED_FOR = new TrustedKeys(List.of());

  public TrustedKeys {
    keys = List.copyOf(keys);
  }

  /**
   * Reads the keys.
   *
   * @param places files with public keys in PEM, or folders with files {@code *.pem}; none where
   *     packages need no signature
   * @throws InvalidKeyFileException when a place holds no key
   */
  public static TrustedKeys in(List<String> places) {
    List<PublicKey> keys = new ArrayList<>();
    for (String place : places) {
      for (Path file : files(Path.of(place))) {
        keys.addAll(PemKeys.publicKeys(file));
      }
    }
    return new TrustedKeys(keys);
  }

  private static List<Path> files(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> entries = Files.list(place)) {
      List<Path> files = entries.filter(file -> file.toString().endsWith(".pem")).sorted().toList();
      if (files.isEmpty()) {
        // A folder that is empty by mistake must not mean that everybody is believed.
        throw new InvalidKeyFileException(place, "is a folder without a file *.pem");
      }
      return files;
    } catch (IOException e) {
      throw new InvalidKeyFileException(place, "cannot be read");
    }
  }

  /**
   * Checks a package's signature, where one is asked for.
   *
   * @throws InvalidModelPackageException when it has none by one of the keys
   */
  public void check(Path folder) {
    if (keys.isEmpty()) {
      return;
    }
    try {
      byte[] described = PackageSignature.described(folder);
      if (!PackageSignature.isThere(folder)) {
        throw new InvalidModelPackageException(
            folder,
            "it is not signed: there is no %s, and models.trusted.keys is set"
                .formatted(PackageSignature.FILE));
      }
      byte[] given = given(folder);
      if (keys.stream().noneMatch(key -> PackageSignature.isBy(key, described, given))) {
        throw new InvalidModelPackageException(
            folder,
            "its %s is by none of models.trusted.keys, or model.json was changed after it"
                .formatted(PackageSignature.FILE));
      }
    } catch (IOException e) {
      throw new InvalidModelPackageException(folder, "cannot be read: " + e, e);
    }
  }

  private static byte[] given(Path folder) throws IOException {
    try {
      return Base64.getMimeDecoder()
          .decode(Files.readAllBytes(folder.resolve(PackageSignature.FILE)));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
