package io.headwater.faults.cluster;

import io.headwater.faults.process.FreePorts;
import io.headwater.infra.local.LocalRegistry;
import io.headwater.infra.local.LocalRegistryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schema registry, which can be stopped and started again at the same address. */
public final class RegistryServer implements AutoCloseable {
  private final LocalRegistryConfig config;
  private final String url;
  private @Nullable LocalRegistry running;

  private RegistryServer(LocalRegistryConfig config) {
    this.config = config;
    LocalRegistry started = LocalRegistry.start(config);
    this.running = started;
    this.url = started.url().toString();
  }

  /** Starts it with the program that the product ships. */
  public static RegistryServer start(Path dist, Path folder) {
    return new RegistryServer(
        new LocalRegistryConfig(
            program(dist.resolve("registry")), folder, FreePorts.next(), Duration.ofSeconds(90)));
  }

  private static Path program(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("No registry in " + folder));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
  }

  public String url() {
    return url;
  }

  /** Takes it away. */
  public void stop() {
    LocalRegistry known = running;
    if (known != null) {
      known.close();
      running = null;
    }
  }

  /** Brings it back, with the schemas and ids that it had. */
  public void startAgain() {
    if (running == null) {
      running = LocalRegistry.start(config);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
