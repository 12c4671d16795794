package io.headwater.k8s.manifest;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Renders a folder with {@code kubectl kustomize}. */
public final class Kustomize {
  private final Path kubectl;

  private Kustomize(Path kubectl) {
    this.kubectl = kubectl;
  }

  /** The one of this machine; empty where there is none. */
  public static Optional<Kustomize> find() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Kustomize::new);
  }

  /**
   * Renders a folder.
   *
   * @throws InvalidManifestException with what kustomize says, when it cannot
   */
  public String render(Path folder) {
    try {
      Process process =
          new ProcessBuilder(List.of(kubectl.toString(), "kustomize", folder.toString()))
              .redirectError(ProcessBuilder.Redirect.PIPE)
              .start();
      // Complaints are a few lines and fit the pipe: reading one stream after the other is safe.
      String rendered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String complaint =
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0 || !complaint.isBlank()) {
        throw new InvalidManifestException(folder + ": " + complaint);
      }
      return rendered;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while rendering " + folder, e);
    }
  }
}
