package io.headwater.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRegistryIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @TempDir Path data;

  @Test
  void keepsTheIdsOfItsSchemasAcrossARestart() throws Exception {
    // given
    int message;
    int tokens;
    try (LocalRegistry first = start()) {
      RegistryClient client = new RegistryClient(first.url());
      message = client.register("messages-value", "Message");
      tokens = client.register("tokens-value", "TokenSequence");
    }

    // when
    try (LocalRegistry second = start()) {
      RegistryClient client = new RegistryClient(second.url());

      // then
      assertThat(message).isNotEqualTo(tokens);
      assertThat(client.latest("messages-value")).isEqualTo(message);
      assertThat(client.register("tokens-value", "TokenSequence")).isEqualTo(tokens);
      assertThat(client.register("insights-value", "Insight")).isGreaterThan(tokens);
    }
  }

  @Test
  void losesNoIdWhenItIsKilledRightAfterGivingItOut() throws Exception {
    // given
    int last = 0;
    try (LocalRegistry first = start()) {
      RegistryClient client = new RegistryClient(first.url());
      for (int i = 0; i < 20; i++) {
        last = client.register("subject-" + i, "Record" + i);
      }
      var failure = first.failure().toCompletableFuture();

      // when
      ProcessHandle.of(first.processId()).orElseThrow().destroyForcibly();

      // then
      assertThat(failure.get(10, TimeUnit.SECONDS)).hasMessageContaining("registry.log");
    }
    try (LocalRegistry second = start()) {
      RegistryClient client = new RegistryClient(second.url());
      assertThat(client.latest("subject-19")).isEqualTo(last);
      assertThat(client.register("one-more", "OneMore")).isGreaterThan(last);
    }
  }

  @Test
  void outlivesTheInterruptThatStopsItsParent() throws Exception {
    // given
    try (LocalRegistry registry = start()) {
      ProcessHandle process = ProcessHandle.of(registry.processId()).orElseThrow();

      // when
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

      // then
      assertThatThrownBy(() -> process.onExit().get(2, TimeUnit.SECONDS))
          .isInstanceOf(TimeoutException.class);
      new RegistryClient(registry.url()).register("messages-value", "Message");
    }
  }

  @Test
  void closesTwiceAndLeavesNoProcessAndNoPort() {
    // given
    LocalRegistry registry = start();
    ProcessHandle process = ProcessHandle.of(registry.processId()).orElseThrow();
    assertThat(LocalPort.isFree(registry.url().getPort())).isFalse();

    // when
    registry.close();
    registry.close();

    // then
    assertThat(process.isAlive()).isFalse();
    assertThat(LocalPort.isFree(registry.url().getPort())).isTrue();
    assertThat(registry.failure().toCompletableFuture()).isNotDone();
  }

  @Test
  void namesTheTakenPort() throws IOException {
    // given
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = holder.getLocalPort();

      // when, then
      assertThatThrownBy(() -> LocalRegistry.start(config(taken, TIMEOUT)))
          .isInstanceOf(LocalInfraException.class)
          .hasMessageContaining("Port " + taken)
          .hasMessageContaining("setting registry.port ");
    }
  }

  @Test
  void saysWhereToLookWhenItIsNotReadyInTime() {
    assertThatThrownBy(() -> LocalRegistry.start(config(0, Duration.ofMillis(500))))
        .isInstanceOf(LocalInfraException.class)
        .hasMessageContaining("did not answer within 500 ms")
        .hasMessageContaining("registry.log")
        .hasMessageNotContaining("\n");
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void saysWhyItEndedWhileItStarted() throws IOException {
    // given
    Files.writeString(data.resolve("registry.mv.db"), "not a database".repeat(1_000));

    // when, then
    assertThatThrownBy(this::start)
        .isInstanceOf(LocalInfraException.class)
        .hasMessageContaining("ended while it started")
        .hasMessageContaining("registry.mv.db")
        .hasMessageContaining("registry.log")
        .hasMessageNotContaining("\n");
  }

  private LocalRegistry start() {
    return LocalRegistry.start(config(0, TIMEOUT));
  }

  private LocalRegistryConfig config(int port, Duration startTimeout) {
    return new LocalRegistryConfig(RegistryClient.runnerJar(), data, port, startTimeout);
  }
}
