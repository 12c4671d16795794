package io.headwater.cli.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service whose broker is away is told to stop. */
@Tag("long")
class StopWhileWaitingIT {
  /** A call that is not answered is given up after 10 s; the rest is the start of a JVM. */
  private static final Duration SAID_WITHIN = Duration.ofSeconds(40);

  @TempDir private static Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"tokenizer", "scorer", "aggregator", "gateway"})
  void aServiceThatWaitsForItsBrokerEndsSoonAfterSigterm(String service)
      throws IOException, InterruptedException {
    Path log = folder.resolve(service + ".log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dheadwater.home=" + System.getProperty("headwater.home"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                service,
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--schema-registry-url",
                "http://127.0.0.1:1",
                "--set",
                service + ".admin.port=0",
                "--set",
                (service.equals("aggregator") || service.equals("gateway") ? service : "gateway")
                    + ".http.port=0",
                "--set",
                "state.directory=" + folder.resolve("state"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      String waits = service.equals("gateway") ? "Kafka" : "event=waiting_for_environment";
      await()
          .atMost(SAID_WITHIN)
          .until(() -> Files.readString(log).contains(waits) || !process.isAlive());
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();

      process.destroy();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends by itself").isTrue();
      assertThat(Files.readString(log)).doesNotContain("closing took too long");
    } finally {
      process.destroyForcibly();
    }
  }
}
