package io.headwater.k8s.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of {@code k8s/}. */
public final class ManifestFolder {
  private static final Path ROOT = Path.of(System.getProperty("headwater.root", ".."));

  private ManifestFolder() {}

  /** A file or folder of the project. */
  public static Path of(String path) {
    return ROOT.resolve(path);
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every YAML file that is deployed. */
  public static List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("base", "components", "overlays")) {
      try (Stream<Path> found = Files.walk(of("k8s").resolve(folder))) {
        found.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /** Every folder that can be rendered by itself: the overlays. */
  public static List<Path> overlays() {
    try (Stream<Path> folders = Files.list(of("k8s/overlays"))) {
      return folders.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
