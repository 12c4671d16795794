package io.headwater.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headwater.runtime.lifecycle.StartException;
import io.javalin.Javalin;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HttpPortsTest {
  @Test
  void aTakenPortIsOneLineThatNamesThePortAndTheSetting() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      int port = taken.getLocalPort();

      assertThatExceptionOfType(StartException.class)
          .isThrownBy(() -> HttpPorts.start(server(), "localhost", port, "gateway.port"))
          .withMessage(
              "Port %d on localhost is taken: stop what listens there, or set gateway.port to"
                  + " another port (0: any free one)",
              port);
    }
  }

  @Test
  void anAddressThatIsNotThisMachinesIsNotCalledTaken() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> HttpPorts.start(server(), "192.0.2.1", 0, "gateway.port"))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .startsWith("Cannot listen on port 0 of 192.0.2.1")
                    .doesNotContain("taken", "\n"));
  }

  @Test
  void aServerThatCouldNotStartLeavesNoThread() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      Set<Thread> before = living();

      assertThatExceptionOfType(StartException.class)
          .isThrownBy(
              () -> HttpPorts.start(server(), "localhost", taken.getLocalPort(), "gateway.port"));

      Awaitility.await()
          .pollInSameThread()
          .untilAsserted(
              () ->
                  assertThat(living().stream().filter(thread -> !before.contains(thread)))
                      .filteredOn(thread -> !thread.isDaemon())
                      .isEmpty());
    }
  }

  private static Javalin server() {
    return Javalin.create(config -> config.startup.showJavalinBanner = false);
  }

  private static Set<Thread> living() {
    return Thread.getAllStackTraces().keySet().stream().collect(Collectors.toSet());
  }
}
