package io.headwater.infra.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;

/** The Docker engine that the tests use, and the images in it. */
final class DockerEngine {
  static final Path ROOT = Path.of(System.getProperty("headwater.root"));
  static final String VERSION = System.getProperty("headwater.version");

  private static boolean built;

  private DockerEngine() {}

  /** Skips the tests, in a line, where no engine answers. */
  static void require() {
    boolean answers = DockerClientFactory.instance().isDockerAvailable();
    if (!answers) {
      System.out.println(
          "SKIPPED: tests of the images: no Docker engine answers; infra/docker/engine start starts"
              + " one on Debian, as root");
    }
    assumeTrue(answers, "no Docker engine answers");
  }

  /** Builds our images from what Maven has just packaged, and has those of Kafka and registry. */
  static synchronized void requireImages() throws IOException, InterruptedException {
    require();
    if (built || Boolean.getBoolean("headwater.images.as.they.are")) {
      return;
    }
    run(List.of("infra/docker/stand-ins", "kafka", "registry"));
    run(List.of("infra/docker/build"));
    built = true;
  }

  static String image(String name) {
    return "headwater/" + name + ":" + VERSION;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile()).inheritIO();
    // The distribution was packaged by the build that runs this test.
    builder.environment().put("SKIP_BUILD", "1");
    Process process = builder.start();
    if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroy();
      throw new IllegalStateException(command + " failed; see above");
    }
  }
}
