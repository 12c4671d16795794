package io.headwater.cli.models;

import io.headwater.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that a package is about to be written into. */
final class NewFolder {
  private NewFolder() {}

  /**
   * Does nothing if the path is free, or an empty folder.
   *
   * @throws IOException if it cannot be read
   * @throws CommandFailure if something is there
   */
  static void require(Path path) throws IOException {
    if (Files.exists(path) && isFilled(path)) {
      throw new CommandFailure(path + " is there and not empty");
    }
  }

  private static boolean isFilled(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return true;
    }
    try (var files = Files.list(path)) {
      return files.findAny().isPresent();
    }
  }
}
