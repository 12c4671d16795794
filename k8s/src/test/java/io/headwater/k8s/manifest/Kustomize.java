package io.headwater.k8s.manifest;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Renders a folder with {@code kubectl kustomize}. */
public final class Kustomize {
  private static final int LEAST_MAJOR = 5;
  private static final Pattern MAJOR = Pattern.compile("\"kustomizeVersion\": *\"v(\\d+)");

  private final Path kubectl;

  private Kustomize(Path kubectl) {
    this.kubectl = kubectl;
  }

  /** The one of this machine; empty where there is none, or one that is too old for components. */
  public static Optional<Kustomize> find() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Kustomize::new)
        .filter(Kustomize::isNewEnough);
  }

  // Kubectl before 1.24 does not even say which kustomize it has.
  private boolean isNewEnough() {
    try {
      String version = run(List.of("version", "--client", "--output=json"));
      Matcher major = MAJOR.matcher(version);
      return major.find() && Integer.parseInt(major.group(1)) >= LEAST_MAJOR;
    } catch (InvalidManifestException e) {
      return false;
    }
  }

  /**
   * Renders a folder.
   *
   * @throws InvalidManifestException with what kustomize says, when it cannot
   */
  public String render(Path folder) {
    return run(List.of("kustomize", folder.toString()));
  }

  private String run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(kubectl.toString()));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).start();
      // Complaints are a few lines and fit the pipe: reading one stream after the other is safe.
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String complaint =
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0 || !complaint.isBlank()) {
        throw new InvalidManifestException(arguments + ": " + complaint);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in kubectl " + arguments, e);
    }
  }
}
