package io.headwater.infra.containers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Lays out the files of one image, in folders that become its layers: {@code libraries} (others'
 * jars and native code), {@code models}, {@code program} (ours) and {@code state}. The same
 * distribution gives the same files, times and modes.
 */
final class ImageContext {
  private final Path distribution;
  private final Path context;
  private final ImageKind image;
  private final String architecture;
  private final FileTime time;

  /**
   * A context that is not laid out yet.
   *
   * @param distribution {@code services/headwater/target/dist}
   * @param context a folder that is made anew
   * @param architecture {@code amd64} or {@code arm64}
   * @param time of every file
   */
  ImageContext(
      Path distribution, Path context, ImageKind image, String architecture, FileTime time) {
    this.distribution = distribution;
    this.context = context;
    this.image = image;
    this.architecture = architecture;
    this.time = time;
  }

  /** Makes the folder, and says how many jars it has. */
  int layOut() throws IOException {
    delete(context);
    BillOfMaterials materials = BillOfMaterials.read(distribution.resolve("bom.json"));
    Set<String> components = materials.of(image);
    Set<String> jars = materials.jars(components);
    Set<String> changed = copyJars(jars);
    copyModels();
    Path program = Files.createDirectories(inside("program"));
    StartFiles starts = new StartFiles(image, jars, natives());
    write(program.resolve("start"), starts.start());
    write(program.resolve("archive"), starts.archive());
    if (image.isService()) {
      write(program.resolve("health"), starts.health());
    }
    Files.write(
        program.resolve("bom.json"), materials.reducedTo(components, changed, image.lower()));
    Files.createDirectories(context.resolve("state/headwater"));
    settle();
    return jars.size();
  }

  private Path inside(String layer) {
    return context.resolve(layer).resolve("opt/headwater");
  }

  private Set<String> copyJars(Set<String> jars) throws IOException {
    Set<String> changed = new TreeSet<>();
    NativeLibraries natives = new NativeLibraries(architecture, time);
    Path theirs = Files.createDirectories(inside("libraries").resolve("lib"));
    Path ours = Files.createDirectories(inside("program").resolve("lib"));
    for (String jar : jars) {
      Path from = distribution.resolve("lib").resolve(jar);
      if (NativeLibraries.concerns(jar)) {
        natives.split(from, theirs.resolve(jar), inside("libraries").resolve("native"));
        changed.add(jar);
      } else {
        Files.copy(from, (jar.startsWith("headwater-") ? ours : theirs).resolve(jar));
      }
    }
    return changed;
  }

  private Set<String> natives() throws IOException {
    Path folder = inside("libraries").resolve("native");
    Set<String> names = new TreeSet<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files.forEach(file -> names.add(file.getFileName().toString()));
      }
    }
    return names;
  }

  private void copyModels() throws IOException {
    Path to = Files.createDirectories(inside("models").resolve("models"));
    if (!image.needsModels()) {
      return;
    }
    Path from = distribution.resolve("models");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Whoever built, and when, must not show. */
  private void settle() throws IOException {
    try (Stream<Path> paths = Files.walk(context)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.setPosixFilePermissions(
            path,
            PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
        Files.setLastModifiedTime(path, time);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
