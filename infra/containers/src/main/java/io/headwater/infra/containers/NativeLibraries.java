package io.headwater.infra.containers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Takes native libraries out of jars, so that a container needs no writable place from which code
 * may run, starts without unpacking, and carries no other platform's.
 */
final class NativeLibraries {
  /** A jar by the beginning of its name, and where the libraries of a platform are in it. */
  private record Source(String artifact, String amd64, String arm64) {
    String folder(String architecture) {
      return architecture.equals("arm64") ? arm64 : amd64;
    }
  }

  private static final List<Source> SOURCES =
      List.of(
          new Source(
              "onnxruntime",
              "ai/onnxruntime/native/linux-x64/",
              "ai/onnxruntime/native/linux-aarch64/"),
          new Source("rocksdbjni", "librocksdbjni-linux64.so", "librocksdbjni-linux-aarch64.so"),
          new Source("tokenizers", "native/lib/linux-x86_64/cpu/", "native/lib/linux-aarch64/cpu/"),
          new Source("zstd-jni", "linux/amd64/", "linux/aarch64/"),
          new Source(
              "snappy-java",
              "org/xerial/snappy/native/Linux/x86_64/",
              "org/xerial/snappy/native/Linux/aarch64/"));

  /** Needs TensorRT, which nobody here asks for. */
  private static final String TENSORRT = "tensorrt";

  private final String architecture;
  private final FileTime time;

  /**
   * Libraries of one platform.
   *
   * @param architecture {@code amd64} or {@code arm64}
   * @param time of the files that are made
   */
  NativeLibraries(String architecture, FileTime time) {
    this.architecture = architecture;
    this.time = time;
  }

  /** Whether a jar holds native libraries that the image keeps elsewhere. */
  static boolean concerns(String jar) {
    return source(jar).isPresent();
  }

  private static Optional<Source> source(String jar) {
    return SOURCES.stream()
        .filter(source -> jar.matches(source.artifact() + "(_gpu)?-[0-9].*"))
        .findFirst();
  }

  /** Writes {@code jar} without native libraries to {@code to}, and those of the platform apart. */
  void split(Path jar, Path to, Path nativeFolder) throws IOException {
    String wanted = source(jar.getFileName().toString()).orElseThrow().folder(architecture);
    try (JarFile from = new JarFile(jar.toFile(), false);
        JarOutputStream rest = new JarOutputStream(Files.newOutputStream(to))) {
      Enumeration<JarEntry> entries = from.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (!isNative(entry.getName())) {
          copy(from, entry, rest);
        } else if (entry.getName().startsWith(wanted) && !entry.getName().contains(TENSORRT)) {
          Files.createDirectories(nativeFolder);
          String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
          try (InputStream content = from.getInputStream(entry);
              OutputStream file = Files.newOutputStream(nativeFolder.resolve(name))) {
            content.transferTo(file);
          }
        }
      }
    }
  }

  private static boolean isNative(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.endsWith("/")
        && (lower.contains(".dsym/")
            || lower.matches(".*\\.(so|dll|dylib|jnilib|a|lib|pdb)(\\.[0-9.]+)?"));
  }

  private void copy(JarFile from, JarEntry entry, JarOutputStream to) throws IOException {
    JarEntry copy = new JarEntry(entry.getName());
    copy.setTimeLocal(LocalDateTime.ofInstant(time.toInstant(), ZoneOffset.UTC));
    to.putNextEntry(copy);
    try (InputStream content = from.getInputStream(entry)) {
      content.transferTo(to);
    }
    to.closeEntry();
  }
}
