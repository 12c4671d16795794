package io.headwater.trainer;

import io.headwater.models.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The hashes that a package's {@code model.json} names, against the files that were made. */
final class NamedHashes {
  private NamedHashes() {}

  /** Writes the hashes of files into a description that names them already. */
  static void accept(Path description, Path folder, List<String> names) throws IOException {
    String text = Files.readString(description);
    for (String name : names) {
      String digest = FileDigest.sha256(folder.resolve(name));
      text =
          Pattern.compile("(\"" + Pattern.quote(name) + "\"\\s*:\\s*\")[^\"]*\"")
              .matcher(text)
              .replaceAll("$1" + Matcher.quoteReplacement(digest) + "\"");
    }
    Files.writeString(description, text);
  }

  /** Whether the files are there and are those that the description names. */
  static boolean fit(Path description, Path folder, List<String> names) throws IOException {
    for (String name : names) {
      if (!Files.isRegularFile(folder.resolve(name))
          || !Files.readString(description).contains(FileDigest.sha256(folder.resolve(name)))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Refuses files that the description does not name.
   *
   * @throws IllegalStateException with the hash that came out
   */
  static void require(Path description, Path folder, List<String> names) throws IOException {
    for (String name : names) {
      String digest = FileDigest.sha256(folder.resolve(name));
      if (!Files.readString(description).contains(digest)) {
        throw new IllegalStateException(
            name
                + " came out with sha256 "
                + digest
                + ", which model.json does not name; if what it is made from changed on purpose,"
                + " assemble once with -Dheadwater.package.accept=true");
      }
    }
  }
}
