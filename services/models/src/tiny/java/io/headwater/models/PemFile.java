package io.headwater.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.Base64;

/** Keys in files, as {@code openssl} writes them. */
public final class PemFile {
  private PemFile() {}

  /**
   * Writes a key.
   *
   * @param kind the words of its first line, such as {@code PRIVATE KEY}
   */
  public static Path write(Path file, String kind, Key key) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }
}
