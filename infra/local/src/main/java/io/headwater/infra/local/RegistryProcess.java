package io.headwater.infra.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** Starts the registry's process: its command line, its settings and its files. */
final class RegistryProcess {
  private static final String LAUNCHER_DIRECTORY = "launcher";
  private static final String TEMPORARY_DIRECTORY = "tmp";

  /** Enough for thousands of schemas; the registry itself needs about half of it. */
  private static final String HEAP = "-Xmx256m";

  private final LocalRegistryConfig config;
  private final LocalPort port;
  private final RegistryLog log;

  RegistryProcess(LocalRegistryConfig config, LocalPort port, RegistryLog log) {
    this.config = config;
    this.port = port;
    this.log = log;
  }

  /** Starts the process and returns at once; the process lives no longer than this one. */
  Process start() {
    String mainClass = mainClassOfRunner();
    try {
      copyLauncher();
      emptyTemporaryDirectory();
      log.rotate();
      ProcessBuilder builder =
          new ProcessBuilder(command(mainClass))
              .directory(config.dataDirectory().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.file().toFile());
      isolate(builder.environment());
      return builder.start();
    } catch (IOException e) {
      throw new LocalInfraException("The registry cannot be started: " + e.getMessage(), e);
    }
  }

  private static void isolate(Map<String, String> environment) {
    // Meant for another registry of the same user, and each of them would change this one.
    environment
        .keySet()
        .removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("APICURIO_"));
    // With handlers of its own the registry would stop on Ctrl-C: see RegistryLauncher.
    environment.put("DISABLE_SIGNAL_HANDLERS", "true");
  }

  private String mainClassOfRunner() {
    Path runner = config.runnerJar();
    if (!Files.isRegularFile(runner) || !Files.isDirectory(runner.resolveSibling("lib"))) {
      throw new LocalInfraException(
          "The registry's program is not at "
              + runner
              + " with its lib folder beside it: build it with ./mvnw -pl infra/local package");
    }
    try (JarFile jar = new JarFile(runner.toFile())) {
      return Optional.ofNullable(jar.getManifest())
          .map(manifest -> manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
          .orElseThrow(() -> new IOException("it names no main class"));
    } catch (IOException e) {
      throw new LocalInfraException(
          "The registry's program " + runner + " is not usable: " + e.getMessage(), e);
    }
  }

  private List<String> command(String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A short start matters here and a long run's speed does not: one compiler, one collector.
    command.addAll(List.of(HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Djava.io.tmpdir=" + config.dataDirectory().resolve(TEMPORARY_DIRECTORY));
    settings().forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-cp", config.runnerJar() + File.pathSeparator + LAUNCHER_DIRECTORY));
    command.add(RegistryLauncher.class.getName());
    command.add(mainClass);
    return command;
  }

  private Map<String, String> settings() {
    return Map.of(
        "quarkus.http.host", LocalPort.HOST,
        "quarkus.http.port", Integer.toString(port.number()),
        "quarkus.http.access-log.enabled", "false",
        "quarkus.log.console.format", "%d{yyyy-MM-dd HH:mm:ss} %-5p [%c{1}] %s%e%n",
        "apicurio.storage.kind", "sql",
        "apicurio.storage.sql.kind", "h2",
        // Relative to the process's folder, so no path can break the URL. Without the delay of
        // zero, ids given out in the last half second are lost on a kill, and then given out again.
        "apicurio.datasource.url", "jdbc:h2:file:./registry;WRITE_DELAY=0",
        "apicurio.datasource.jdbc.initial-size", "1",
        "apicurio.datasource.jdbc.min-size", "1",
        "apicurio.datasource.jdbc.max-size", "10");
  }

  /*
   * The launcher travels alone. With this module's own class path, or with an application jar that
   * everything is packed into, the registry would find our libraries in place of its own.
   */
  private void copyLauncher() throws IOException {
    String resource = RegistryLauncher.class.getName().replace('.', '/') + ".class";
    Path copy = config.dataDirectory().resolve(LAUNCHER_DIRECTORY).resolve(resource);
    Files.createDirectories(copy.resolveSibling("."));
    try (InputStream classFile =
        RegistryLauncher.class.getClassLoader().getResourceAsStream(resource)) {
      if (classFile == null) {
        throw new IOException(resource + " is missing from the class path");
      }
      Files.copy(classFile, copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A killed registry leaves its temporary files behind. */
  private void emptyTemporaryDirectory() throws IOException {
    Path directory = config.dataDirectory().resolve(TEMPORARY_DIRECTORY);
    Files.createDirectories(directory);
    try (var files = Files.walk(directory)) {
      // Deepest first.
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(directory)) {
          Files.delete(file);
        }
      }
    }
  }
}
