package io.headwater.infra.containers;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** Lays out an image's files: {@code DIST CONTEXT IMAGE amd64|arm64 SECONDS}. */
public final class ImageContextMain {
  private ImageContextMain() {}

  /** What {@code infra/docker/build} runs. */
  public static void main(String[] args) throws IOException {
    if (args.length != 5) {
      throw new IllegalArgumentException("DIST CONTEXT IMAGE amd64|arm64 SECONDS");
    }
    int jars =
        new ImageContext(
                Path.of(args[0]),
                Path.of(args[1]),
                ImageKind.of(args[2]),
                args[3],
                FileTime.from(Instant.ofEpochSecond(Long.parseLong(args[4]))))
            .layOut();
    System.out.printf("%s: %d jars laid out in %s%n", args[2], jars, args[1]);
  }
}
